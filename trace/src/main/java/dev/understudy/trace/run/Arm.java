package dev.understudy.trace.run;

/** One side of a comparison; the ordinal is the code in the format: append only. */
public enum Arm {
    /** What production answered. */
    RECORDED,
    /** A copy on the old schema. */
    CONTROL,
    /** A copy on the migrated schema. */
    CANDIDATE
}
