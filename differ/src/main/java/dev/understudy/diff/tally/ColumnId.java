package dev.understudy.diff.tally;

import java.util.Comparator;

/**
 * A column of the server whose catalog names what the trace touches: the captured one's where the trace has its catalog.
 *
 * @param relation the relation's OID
 * @param attribute the column's number
 */
public record ColumnId(int relation, int attribute) implements Comparable<ColumnId> {
    private static final Comparator<ColumnId> ORDER =
            Comparator.comparingInt(ColumnId::relation).thenComparingInt(ColumnId::attribute);

    @Override
    public int compareTo(ColumnId other) {
        return ORDER.compare(this, other);
    }
}
