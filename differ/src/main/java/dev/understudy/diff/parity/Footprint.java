package dev.understudy.diff.parity;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.trace.catalog.CatalogDiff;
import dev.understudy.trace.catalog.CatalogDifference;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What the migration changed, as far as catalogs and whole-table hashes tell it. */
public final class Footprint {
    private Footprint() {}

    /** Candidate against control before the run; {@code exercised} tells how many compared exchanges touched a table. */
    public static List<FootprintItem> of(ArmState control, ArmState candidate, ToLongFunction<String> exercised) {
        List<FootprintItem> items = new ArrayList<>();
        for (CatalogDifference difference : CatalogDiff.compare(control.catalog(), candidate.catalog())) {
            if (difference.kind().isSchema()) {
                items.add(new FootprintItem(
                        difference.object(),
                        difference.kind().schemaClass(),
                        false,
                        false,
                        exercised.applyAsLong(table(difference.object()))));
            }
        }
        Map<String, TableState> states = ParityCheck.byName(candidate);
        for (TableState table : control.tables()) {
            TableState other = states.get(table.table());
            DifferenceClass type = other == null ? null : state(table, other);
            if (type != null) {
                items.add(new FootprintItem(
                        table.table(), type.name(), false, true, exercised.applyAsLong(table.table())));
            }
        }
        return items;
    }

    /** The schema.table of schema.table.column and the like. */
    private static String table(String object) {
        int first = object.indexOf('.');
        int second = first < 0 ? -1 : object.indexOf('.', first + 1);
        return second < 0 ? object : object.substring(0, second);
    }

    private static @Nullable DifferenceClass state(TableState table, TableState other) {
        if (table.rows() != other.rows()) {
            return table.rows() > other.rows() ? DifferenceClass.STATE_ROW_MISSING : DifferenceClass.STATE_ROW_EXTRA;
        }
        boolean hashed = !table.hash().isEmpty() && !other.hash().isEmpty();
        return hashed && !table.hash().equals(other.hash()) ? DifferenceClass.STATE_CELL : null;
    }
}
