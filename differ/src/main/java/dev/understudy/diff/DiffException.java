package dev.understudy.diff;

/** A comparison cannot be made at all. The message says what was expected and what to do. */
public abstract sealed class DiffException extends RuntimeException
        permits DiffException.UnknownRun, DiffException.NoSuchArm, DiffException.SourceUnavailable {
    private static final long serialVersionUID = 1L;

    private DiffException(String message) {
        super(message);
    }

    /** Nobody has started a run of that name: a usage error. */
    public static final class UnknownRun extends DiffException {
        private static final long serialVersionUID = 1L;

        /** For that run. */
        public UnknownRun(String run) {
            super("run=" + run + ": no such run; `understudy runs` lists those there are");
        }
    }

    /** The run lacks the arm that is asked for: a usage error. */
    public static final class NoSuchArm extends DiffException {
        private static final long serialVersionUID = 1L;

        /** For that run and arm. */
        public NoSuchArm(String run, String arm) {
            super("run=" + run + " arm=" + arm + ": the run has no such arm; replay with --" + arm
                    + ", or choose another baseline");
        }
    }

    /** Kafka cannot be reached, or does not give what it holds. */
    public static final class SourceUnavailable extends DiffException {
        private static final long serialVersionUID = 1L;

        /** With what was being read, and the cause. */
        public SourceUnavailable(String what, Throwable cause) {
            super(what + ": " + cause.getMessage());
            initCause(cause);
        }

        /** With what was expected and did not come. */
        public SourceUnavailable(String message) {
            super(message);
        }
    }
}
