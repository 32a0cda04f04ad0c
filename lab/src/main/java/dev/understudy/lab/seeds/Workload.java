package dev.understudy.lab.seeds;

import java.util.List;

/**
 * What the sessions do.
 *
 * @param order how they share time
 * @param sessions how each speaks to the server
 * @param units what they do; those of a session in their order
 */
public record Workload(Order order, List<Dialect> sessions, List<Unit> units) {
    /** Copies the lists. */
    public Workload {
        sessions = List.copyOf(sessions);
        units = List.copyOf(units);
    }

    /** Why a serial replay is decidable. */
    public enum Order {
        /**
         * Sessions run side by side, each on tables of its own; tables that several read are written by none. No order between
         * them changes any answer.
         */
        SIDE_BY_SIDE,
        /**
         * Any session uses any table, one statement at a time, transactions interleaved; who has written a table in an open
         * transaction is its only writer until the end. The order of statements is their order in time, and nobody waits.
         */
        TAKING_TURNS
    }

    /** How a session speaks. */
    public enum Dialect {
        /** The simple protocol, one Query message a statement. */
        SIMPLE,
        /** The extended protocol, unnamed statements. */
        UNNAMED,
        /** The extended protocol, named statements from the first use on, binary results. */
        PREPARED
    }
}
