package dev.understudy.capture.session;

/** What a ReadyForQuery means for the exchange it belongs to. */
public enum ReadyVerdict {
    /** The exchange that {@link ExchangeTracker#serverOrdinal()} names is over. */
    ENDS_EXCHANGE,
    /** The exchange holds another Sync that the server answers by itself. */
    GOES_ON,
    /** It does not fit: the session is relayed unread from here on. */
    OPAQUE
}
