package dev.understudy.trace.entry;

/** Session numbers: the agent's epoch in the upper 32 bits, a dense serial number in the lower 32. */
public final class SessionIds {
    private SessionIds() {}

    /** The session number for the {@code serial}-th session of an epoch. */
    public static long of(int epoch, int serial) {
        return (long) epoch << 32 | serial & 0xffff_ffffL;
    }

    /** The epoch in which the session began. */
    public static int epoch(long session) {
        return (int) (session >>> 32);
    }

    /** The session's serial number in its epoch. */
    public static int serial(long session) {
        return (int) session;
    }

    /** The form for people: {@code epoch.serial}. */
    public static String toString(long session) {
        return Integer.toUnsignedString(epoch(session)) + "." + Integer.toUnsignedString(serial(session));
    }
}
