package dev.understudy.replay.schedule;

import java.util.HashMap;
import java.util.Map;

/**
 * What was seen of whether arms wait where production did not: for a lock that only the migration takes. Where one arm
 * waits and another does not, whatever is written behind is done on that other arm at once, and the arms take two orders.
 * So a session's exchanges are written behind each other only where no such wait is to be feared: nobody else's open
 * transaction has written to the same table, or several times that has been seen to keep nobody waiting.
 */
final class Contention {
    /** How often transactions were seen to write to a table side by side before it is believed. */
    private static final int TRUSTED_AFTER = 8;

    /** As many as the catalogs have, at most. */
    private final Map<String, Table> tables = new HashMap<>();

    /** What is known of a table. */
    static final class Table {
        /** How many sessions have written to it in transactions that are open. */
        private int writers;

        private int sideBySide;
        private boolean contested;
    }

    /** A task is sent. */
    void sent(Planned planned) {
        for (int i = 0; i < planned.touches.size(); i++) {
            Touch touch = planned.touches.get(i);
            if (isHeld(touch)) {
                Table table = tables.computeIfAbsent(touch.table(), name -> new Table());
                if (!planned.line.written.contains(table)) {
                    planned.line.written.add(table);
                    table.writers++;
                }
            }
        }
    }

    /** A task has ended. */
    void done(Planned planned, boolean transactionOver) {
        if (!planned.waited) {
            for (int i = 0; i < planned.touches.size(); i++) {
                Touch touch = planned.touches.get(i);
                Table table = isHeld(touch) ? tables.get(touch.table()) : null;
                if (table != null && table.writers > 1) {
                    table.sideBySide++;
                }
            }
        }
        if (transactionOver && planned.line.underWay.isEmpty()) {
            planned.line.written.forEach(table -> table.writers--);
            planned.line.written.clear();
        }
    }

    /** An arm waits at a task that is proven not to have waited in production. */
    void waits(Planned planned) {
        for (int i = 0; i < planned.touches.size(); i++) {
            Touch touch = planned.touches.get(i);
            if (isHeld(touch)) {
                tables.computeIfAbsent(touch.table(), name -> new Table()).contested = true;
            }
        }
    }

    /** Whether an arm may wait at a task where another does not. */
    boolean isFeared(Planned planned) {
        for (int i = 0; i < planned.touches.size(); i++) {
            Touch touch = planned.touches.get(i);
            Table table = isHeld(touch) ? tables.get(touch.table()) : null;
            if (table != null) {
                int others = table.writers - (planned.line.written.contains(table) ? 1 : 0);
                if (table.contested || others > 0 && table.sideBySide < TRUSTED_AFTER) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isHeld(Touch touch) {
        return touch.use() != Touch.Use.READ && touch.use() != Touch.Use.DRAW;
    }
}
