package dev.understudy.replay;

/** Which of the two questions a run asks. */
public enum Mode {
    /** Statements go as recorded: does today's application survive the new schema? */
    COMPAT,
    /** Statements go as the packet rewrites them. Not yet: refused as a usage error. */
    ADAPTED;

    /** How it is written on the command line and in a run's start. */
    public String term() {
        return switch (this) {
            case COMPAT -> "compat";
            case ADAPTED -> "adapted";
        };
    }
}
