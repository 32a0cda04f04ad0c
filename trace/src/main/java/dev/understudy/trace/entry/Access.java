package dev.understudy.trace.entry;

/** Whether what is missing could have changed data; the ordinal is the code in the format: append only. */
public enum Access {
    /** Provably only reads. */
    READ,
    /** Writes, or could. */
    WRITE,
    /** Not known: to be taken for writes. */
    UNKNOWN
}
