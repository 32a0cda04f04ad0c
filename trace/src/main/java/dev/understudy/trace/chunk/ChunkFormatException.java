package dev.understudy.trace.chunk;

/** Bytes that are no chunk of a version this reader knows; the message names what was expected and found. */
public final class ChunkFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with what was expected and what was found. */
    public ChunkFormatException(String message) {
        super(message);
    }
}
