package dev.understudy.diff.compare;

/** Which side of a step's answer a difference is about. Two differences concern the same thing only within one aspect. */
public enum Aspect {
    /** Whether the step failed, and how. */
    ERROR,
    /** The transaction status afterwards. */
    STATUS,
    /** The command tag's count. */
    TAG,
    /** A result's columns. */
    SHAPE,
    /** The order of rows. */
    ORDER,
    /** Whether a row is there. */
    ROW,
    /** A value of a row. */
    VALUE,
    /** The contents as a whole, known by digest or count only. */
    CONTENT
}
