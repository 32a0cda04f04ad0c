package dev.understudy.capture.session;

/** What a client's message means for the exchanges of its session. */
public enum ClientVerdict {
    /** It belongs to the exchange that {@link ExchangeTracker#clientOrdinal()} names. */
    EXCHANGE,
    /** The server ignores it: a Flush with nothing to flush, copy data after the COPY has failed. Not recorded. */
    STRAY,
    /** Terminate: the session ends. */
    TERMINATE,
    /** It does not fit: the session is relayed unread from here on. */
    OPAQUE
}
