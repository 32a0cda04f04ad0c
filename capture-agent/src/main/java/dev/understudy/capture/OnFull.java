package dev.understudy.capture;

/** What happens when the spool has reached its bound because Kafka does not take what is captured. */
public enum OnFull {
    /** What no longer fits becomes a gap; recording resumes when there is room again. Clients notice nothing. */
    GAP,
    /** Recording ends for good and the rest is one gap; relaying goes on. Clients notice nothing. */
    STOP,
    /** Clients wait until there is room again: complete, and not fail-open. */
    BLOCK
}
