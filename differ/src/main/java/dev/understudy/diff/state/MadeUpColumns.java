package dev.understudy.diff.state;

import dev.understudy.trace.catalog.Catalog;
import java.util.HashSet;
import java.util.Set;

/**
 * Compared columns that a server fills in by itself, on either side; see {@link GeneratedColumns}.
 *
 * @param byChance what chance makes
 * @param byClock what a clock gives, and not chance
 */
record MadeUpColumns(Set<ComparedColumn> byChance, Set<ComparedColumn> byClock) {
    MadeUpColumns {
        byChance = Set.copyOf(byChance);
        byClock = Set.copyOf(byClock);
    }

    static MadeUpColumns of(Sides sides, TablePair pair, TablePlan plan) {
        Catalog.Relation before = pair.control();
        Catalog.Relation after = pair.candidate();
        Set<ComparedColumn> byChance = new HashSet<>();
        Set<ComparedColumn> byClock = new HashSet<>();
        if (before != null && after != null) {
            GeneratedColumns left = GeneratedColumns.of(sides.control().catalog(), before);
            GeneratedColumns right = GeneratedColumns.of(sides.candidate().catalog(), after);
            for (ComparedColumn column : plan.columns()) {
                String name = column.control().column();
                String other = column.candidate().column();
                if (left.byChance().contains(name) || right.byChance().contains(other)) {
                    byChance.add(column);
                } else if (left.byClock().contains(name) || right.byClock().contains(other)) {
                    byClock.add(column);
                }
            }
        }
        return new MadeUpColumns(byChance, byClock);
    }
}
