package dev.understudy.trace.run;

import java.util.List;

/**
 * Whole tables of the control arm held against the candidate's.
 *
 * @param run the run's name
 * @param moment when
 * @param tables one for each table that either arm has, in the order of the names
 */
public record StateComparison(String run, Moment moment, List<TableComparison> tables) implements ControlEntry {
    /** Copies the list. */
    public StateComparison {
        tables = List.copyOf(tables);
    }

    /** When whole tables were compared; the ordinal is the code in the format: append only. */
    public enum Moment {
        /** Before anything was sent: what differs is the migration's footprint. */
        BEFORE_REPLAY,
        /** After the last answer: what differs beyond the footprint was written by the traffic. */
        AFTER_REPLAY
    }
}
