package dev.understudy.replay.failure;

/** What was asked for cannot be done as asked; the text says what would. The command line exits 2. */
public final class ReplayUsageError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error that says what was expected. */
    public ReplayUsageError(String text) {
        super(text);
    }
}
