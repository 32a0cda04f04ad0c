package dev.understudy.diff.attribute;

/**
 * The time that an exchange took on one side, wall clock, microseconds since 1970.
 *
 * @param from when it was sent
 * @param to when it was answered
 */
public record Window(long from, long to) {
    /** By how much the clock of a server and that of who measured the exchange may differ. */
    static final long TOLERANCE_MICROS = 100_000;

    private static final long SECOND = 1_000_000;

    /** Whether a server that stored the time in this exchange could have stored that one. */
    boolean holds(long micros) {
        long slack = slack(micros);
        return micros >= from - slack && micros <= to + slack;
    }

    /** A time in whole seconds was rounded, or is one of few. */
    static long slack(long micros) {
        return micros % SECOND == 0 ? TOLERANCE_MICROS + SECOND : TOLERANCE_MICROS;
    }

    boolean contains(Window other) {
        return other.from >= from && other.to <= to;
    }

    Window and(Window other) {
        return new Window(Math.min(from, other.from), Math.max(to, other.to));
    }
}
