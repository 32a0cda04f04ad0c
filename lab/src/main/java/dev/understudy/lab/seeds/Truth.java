package dev.understudy.lab.seeds;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * In what two databases differ, as the databases themselves tell.
 *
 * @param cells by {@code table.column}, the numbers of the rows of which the column differs
 * @param rows by {@code table.*}, the numbers of rows that one side has and the other has not
 * @param onlyControl lines of catalog text, {@code kind object: text}
 * @param onlyCandidate the same of the other side
 */
public record Truth(
        Map<String, SortedSet<Integer>> cells,
        Map<String, SortedSet<Integer>> rows,
        Set<String> onlyControl,
        Set<String> onlyCandidate) {
    /** Copies the collections. */
    public Truth {
        cells = Map.copyOf(cells);
        rows = Map.copyOf(rows);
        onlyControl = Set.copyOf(onlyControl);
        onlyCandidate = Set.copyOf(onlyCandidate);
    }

    /** Whether the columns that were there before have what they had. */
    public boolean sameData() {
        return cells.isEmpty() && rows.isEmpty();
    }
}
