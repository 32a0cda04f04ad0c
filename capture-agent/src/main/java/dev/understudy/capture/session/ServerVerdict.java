package dev.understudy.capture.session;

/** What a server's message means for the exchanges of its session. */
public enum ServerVerdict {
    /** It belongs to the exchange that {@link ExchangeTracker#serverOrdinal()} names. */
    EXCHANGE,
    /** No exchange is open: a notification, a notice, a changed parameter, or why the server ends the session. */
    ASYNC,
    /** It does not fit: the session is relayed unread from here on. */
    OPAQUE
}
