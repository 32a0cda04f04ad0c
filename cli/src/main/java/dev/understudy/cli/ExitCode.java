package dev.understudy.cli;

/** How a command ends; a promise to scripts. */
public final class ExitCode {
    /** GO, or done. */
    public static final int OK = 0;
    /** The verdict is NO-GO. */
    public static final int NO_GO = 1;
    /** Wrong usage, or an invalid file. */
    public static final int USAGE = 2;
    /** The verdict is INCONCLUSIVE. */
    public static final int INCONCLUSIVE = 3;
    /** A service could not be reached. */
    public static final int UNREACHABLE = 4;
    /** Refused for safety. */
    public static final int REFUSED = 5;
    /** A fault of Understudy's own: BSD's EX_SOFTWARE. */
    public static final int SOFTWARE = 70;

    private ExitCode() {}
}
