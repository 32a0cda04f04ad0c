package dev.understudy.lab.seeds;

/** Where a fault lies, as the workload sees it. */
public enum Location {
    /** In rows and a column that it reads. */
    READ,
    /** In rows that nobody reads. */
    UNREAD_ROWS,
    /** In a column that nobody reads. */
    UNREAD_COLUMN,
    /** In a place that the workload overwrites. */
    OVERWRITTEN,
    /** In the schema, whether used or not. */
    SCHEMA
}
