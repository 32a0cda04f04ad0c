package dev.understudy.cli.config;

/** A file that the user wrote is wrong; the message begins with file, line and column, and says what was expected. */
public final class InvalidFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A message that tells where and what. */
    public InvalidFileException(String message) {
        super(message);
    }
}
