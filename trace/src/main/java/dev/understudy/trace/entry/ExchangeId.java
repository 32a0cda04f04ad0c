package dev.understudy.trace.entry;

/**
 * Names one exchange in a capture.
 *
 * @param session the session, see {@link SessionIds}
 * @param ordinal the exchange's place in its session, from 0, gaps and skips counted
 */
public record ExchangeId(long session, long ordinal) {
    @Override
    public String toString() {
        return SessionIds.toString(session) + ":" + ordinal;
    }
}
