package dev.understudy.capture;

/** Why a capture cannot start; the message says what was expected and what to do. */
public final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Category category;

    /** What kind of trouble it is. */
    public enum Category {
        /** The configuration contradicts itself, or what an earlier capture left behind. */
        INVALID,
        /** A service could not be reached. */
        UNREACHABLE,
        /** The data directory cannot be used. */
        STORAGE
    }

    /** An error with its category. */
    public CaptureException(Category category, String message) {
        super(message);
        this.category = category;
    }

    /** An error with its category and cause. */
    public CaptureException(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /** What kind of trouble it is. */
    public Category category() {
        return category;
    }
}
