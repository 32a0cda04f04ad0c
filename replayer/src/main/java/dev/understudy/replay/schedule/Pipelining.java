package dev.understudy.replay.schedule;

import dev.understudy.trace.entry.ExchangeFlag;
import java.util.Collections;
import java.util.Set;

/**
 * How far a session's exchanges are written ahead of their answers.
 *
 * @param exchanges at most so many together
 * @param bytes at most so many bytes of requests together, but for a first one that is larger
 */
public record Pipelining(int exchanges, int bytes) {
    private static final Set<String> SETTING_TAGS = Set.of("SET", "RESET", "DISCARD ALL");

    /**
     * Whether something may be written behind this before its answer is known. Not behind what may enter COPY FROM
     * STDIN on an arm, since the server would read the following message as data: production did so, or failed before
     * it could. Nor behind what may change the session's role, which is put right before anything else is sent.
     */
    static boolean mayFollow(Work work) {
        return work instanceof Work.Run run
                && run.treatment() instanceof Treatment.Send
                && run.exchange().facts().sqlState() == null
                && !run.exchange().flags().contains(ExchangeFlag.COPY_IN)
                && Collections.disjoint(run.exchange().tags(), SETTING_TAGS);
    }

    /** Whether this may be written before the answer of what precedes it is known. */
    static boolean mayBeAhead(Work work) {
        return work instanceof Work.Run run && run.treatment() instanceof Treatment.Send;
    }

    /** Whether production's client had sent {@code later} before it had the answer of {@code earlier}. */
    static boolean wasPipelined(Work earlier, Work later) {
        return earlier instanceof Work.Run first
                && later instanceof Work.Run second
                && second.exchange().sentAfter() < first.exchange().doneNo();
    }

    static int requestBytes(Work work) {
        return work instanceof Work.Run run ? run.exchange().request().readableBytes() : 0;
    }
}
