package dev.understudy.capture.tap;

/** What a tap record says; the ordinal is the code in a page. */
enum TapKind {
    /** Bytes of an exchange's request. */
    CLIENT,
    /** Bytes of an exchange's answer, the detail telling whether they end it. */
    SERVER,
    /** Bytes that the server sent while no exchange was open. */
    ASYNC,
    /** A session became ready. */
    START,
    /** A session ended. */
    END,
    /** An open exchange ended with its connection. */
    BROKEN,
    /** An exchange is over of which bytes were lost. */
    LOST,
    /** Exchanges lost while no page was free. */
    GAP,
    /** A session is relayed unread from here on. */
    OPAQUE,
    /** A session is left out by policy. */
    SKIPPED,
    /** A cancel request went through. */
    CANCEL,
    /** A cancel request for a session was forwarded while an exchange of it was open. */
    CANCELLED;

    private static final TapKind[] VALUES = values();

    static TapKind of(byte code) {
        return VALUES[code];
    }
}
