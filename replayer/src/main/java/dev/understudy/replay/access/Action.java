package dev.understudy.replay.access;

/** What a statement does to a table that it names. */
public enum Action {
    /** Its rows are read. */
    READ,
    /** Rows are added: INSERT, COPY FROM. */
    INSERT,
    /** Rows are changed. */
    UPDATE,
    /** Rows are removed. */
    DELETE,
    /** All rows are removed, whatever they are. */
    TRUNCATE,
    /** Anything: MERGE, DDL, code that is not followed. */
    ANY;

    /** Whether rows are other than before. */
    public boolean writes() {
        return this != READ;
    }
}
