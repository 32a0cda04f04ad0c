package dev.understudy.diff.parity;

/** Why arms can't be held against each other; names are part of the report's schema. The first that applies leads. */
public enum ParityName {
    /** An arm has none of the rows, or none of the tables, that the trace needs. */
    EMPTY_COPY,
    /** The arms were no copies of one state before the migration. */
    WRONG_COPY,
    /** The control has the migrated schema and the candidate the captured one. */
    CONTROL_AS_TARGET,
    /** The control is not what was captured. */
    WRONG_CONTROL,
    /** The candidate does not differ from the control. */
    NOT_MIGRATED,
    /** The servers answer differently whatever the data. */
    SERVERS_DIFFER,
    /** Neither a catalog in the trace nor a control tells what the candidate should be like. */
    NO_CATALOG
}
