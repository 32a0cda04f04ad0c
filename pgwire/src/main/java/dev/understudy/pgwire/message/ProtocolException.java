package dev.understudy.pgwire.message;

/** Bytes that are no valid message of the protocol; the message says what was expected and what was found. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with what was expected and what was found. */
    public ProtocolException(String message) {
        super(message);
    }
}
