package dev.understudy.trace.run;

/** The one class in which an exchange ends after replay; the ordinal is the code in the format: append only. */
public enum Disposition {
    /** Sent, and answered on every arm: the differ compares it. */
    COMPARED,
    /** Sent, but its answers say nothing about each other; the reason tells. */
    NOT_COMPARABLE,
    /** Left out by a filter or because it belongs to another database. */
    FILTERED,
    /** Depends on an exchange that failed on an arm. */
    TAINTED,
    /** Overlapped a writer of the same rows with no order proven. */
    RACED,
    /** Production's error came from waiting: the arm was made to raise it. */
    FORCED,
    /** Could not be sent: the trace has a gap there, or broke off. */
    GAP,
    /** Not reached: the run ended before it. */
    PENDING
}
