package dev.understudy.replay.selection;

import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.trace.entry.Cut;
import org.jspecify.annotations.Nullable;

/**
 * The part of a trace that a run is about.
 *
 * @param fromMicros transactions that production's clients began at this time or later, microseconds since 1970
 * @param untilMicros and before this time
 * @param cut what had not ended at this cut, null for no cut
 * @param filter sessions and statements
 * @param share lanes
 */
public record Selection(
        long fromMicros, long untilMicros, @Nullable Cut cut, Filter filter, Share share) {
    /** All of it. */
    public static final Selection WHOLE = new Selection(Long.MIN_VALUE, Long.MAX_VALUE, null, Filter.NONE, Share.WHOLE);

    /** Checks the window. */
    public Selection {
        if (fromMicros >= untilMicros) {
            throw new IllegalArgumentException("until: expected a time behind the one of from");
        }
    }

    /** The same of another window. */
    public Selection within(long from, long until) {
        return new Selection(from, until, cut, filter, share);
    }

    /** The same behind a cut. */
    public Selection behind(@Nullable Cut other) {
        return new Selection(fromMicros, untilMicros, other, filter, share);
    }

    /** The same of other sessions and statements. */
    public Selection matching(Filter other) {
        return new Selection(fromMicros, untilMicros, cut, other, share);
    }

    /** The same of other lanes. */
    public Selection of(Share other) {
        return new Selection(fromMicros, untilMicros, cut, filter, other);
    }

    /** Whether nothing is left out. */
    public boolean isWhole() {
        return equals(WHOLE);
    }

    /** Whether sessions or statements are left out that others may depend on, which voids an order between sessions. */
    public boolean voidsOrder() {
        return !filter.isNone() || !share.equals(Share.WHOLE);
    }

    /** Whether anything of a session can be wanted, by what is known of it at its beginning. */
    public boolean mayWant(SessionInfo session) {
        return share.has(session.partition()) && filter.wants(session);
    }

    /** What of a session's exchanges is wanted. */
    SessionSelection session(SessionInfo session) {
        LeftOut whole = null;
        if (!share.has(session.partition())) {
            whole = LeftOut.OTHER_SHARE;
        } else if (!filter.wants(session)) {
            whole = LeftOut.NOT_SELECTED;
        }
        return new SessionSelection(this, whole);
    }
}
