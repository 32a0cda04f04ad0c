package dev.understudy.replay.schedule;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendType;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * What a request's frames tell about the ReadyForQuery messages to come.
 *
 * <p>The server answers each Query, FunctionCall and Sync with one, but for a Sync that it reads while it waits for COPY
 * data: that one it swallows. So a request has {@link #makers}, and for its n-th run of COPY messages the number of
 * Syncs that are {@linkplain #swallowedBy swallowed} if the server entered the COPY: those between the message that
 * starts it and the run's end. Where the COPY fails at once, the server skips the data and answers them all.
 */
public final class RequestShape {
    /** Whether a request can be sent as it is. */
    public enum Kind {
        /** Whole frames, of which the last makes the server answer ReadyForQuery. */
        ANSWERABLE,
        /** Whole frames, after which the server would wait for more. */
        OPEN,
        /** The last frame is cut off. */
        CUT_OFF
    }

    private static final int[] NO_COPIES = {};

    private final Kind kind;
    private final int makers;
    private final int[] swallowed;
    private final boolean lastStarterIsQuery;
    private final boolean failsCopy;

    private RequestShape(Kind kind, int makers, int[] swallowed, boolean lastStarterIsQuery, boolean failsCopy) {
        this.kind = kind;
        this.makers = makers;
        this.swallowed = swallowed;
        this.lastStarterIsQuery = lastStarterIsQuery;
        this.failsCopy = failsCopy;
    }

    /** Reads a request; {@code frames} is borrowed. */
    public static RequestShape of(ByteBuf frames) {
        int makers = 0;
        int copies = 0;
        int[] swallowed = NO_COPIES;
        int syncs = 0;
        boolean inCopy = false;
        boolean query = false;
        boolean failsCopy = false;
        byte last = 0;
        FrameCursor frame = new FrameCursor(frames);
        while (frame.next()) {
            byte type = frame.type();
            switch (type) {
                case FrontendType.SYNC -> {
                    makers++;
                    syncs++;
                }
                case FrontendType.QUERY, FrontendType.FUNCTION_CALL -> {
                    makers++;
                    syncs = 0;
                    inCopy = false;
                    query = type == FrontendType.QUERY;
                }
                case FrontendType.COPY_DATA -> inCopy = true;
                case FrontendType.COPY_DONE, FrontendType.COPY_FAIL -> {
                    swallowed = Arrays.copyOf(swallowed, copies + 1);
                    swallowed[copies++] = syncs;
                    failsCopy |= type == FrontendType.COPY_FAIL;
                    syncs = 0;
                    inCopy = false;
                }
                case FrontendType.FLUSH -> {}
                default -> {
                    syncs = 0;
                    query = false;
                }
            }
            last = type;
        }
        return new RequestShape(kind(frame, last, makers, inCopy, query), makers, swallowed, query, failsCopy);
    }

    private static Kind kind(FrameCursor frame, byte last, int makers, boolean inCopy, boolean query) {
        if (frame.isCutOff()) {
            return Kind.CUT_OFF;
        }
        boolean made = last == FrontendType.SYNC || last == FrontendType.QUERY || last == FrontendType.FUNCTION_CALL;
        boolean copyOfQueryEnds = query && (last == FrontendType.COPY_DONE || last == FrontendType.COPY_FAIL);
        return makers > 0 && !inCopy && (made || copyOfQueryEnds) ? Kind.ANSWERABLE : Kind.OPEN;
    }

    /** Whether the request can be sent as it is. */
    public Kind kind() {
        return kind;
    }

    /** How many messages ask for a ReadyForQuery. */
    public int makers() {
        return makers;
    }

    /** How many runs of COPY data the request brings. */
    public int copies() {
        return swallowed.length;
    }

    /** How many of the {@link #makers} get no answer if the server enters its {@code n}-th COPY, from 0. */
    public int swallowedBy(int n) {
        return n < swallowed.length ? swallowed[n] : 0;
    }

    /** Whether the last statement came as a simple query: the server answers ReadyForQuery without a Sync. */
    public boolean lastStarterIsQuery() {
        return lastStarterIsQuery;
    }

    /** Whether the client itself ends a COPY with an error, which the server reports as a cancelled query. */
    public boolean failsCopy() {
        return failsCopy;
    }
}
