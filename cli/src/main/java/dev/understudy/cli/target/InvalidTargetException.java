package dev.understudy.cli.target;

/** A target that says nothing usable; the message says what is wrong, and never holds a password. */
public final class InvalidTargetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidTargetException(String message) {
        super(message);
    }
}
