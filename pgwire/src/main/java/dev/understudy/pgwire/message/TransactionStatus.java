package dev.understudy.pgwire.message;

/** The backend's transaction status as ReadyForQuery reports it. */
public enum TransactionStatus {
    /** Not in a transaction block ({@code I}). */
    IDLE('I'),
    /** In a transaction block ({@code T}). */
    IN_TRANSACTION('T'),
    /** In a failed transaction block ({@code E}). */
    FAILED('E'),
    /** Not known: the connection ended, or recording began, before the server said so. */
    UNKNOWN('?');

    private final byte code;

    TransactionStatus(char code) {
        this.code = (byte) code;
    }

    /** The byte in ReadyForQuery, {@code ?} for {@link #UNKNOWN}. */
    public byte code() {
        return code;
    }

    /** The status for a ReadyForQuery byte; {@link #UNKNOWN} for any byte the protocol does not define. */
    public static TransactionStatus of(byte code) {
        return switch (code) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default -> UNKNOWN;
        };
    }
}
