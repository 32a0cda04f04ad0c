package dev.understudy.diff.compare;

import dev.understudy.diff.statement.StatementFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a result that a statement's conditions set equal to a constant. However many rows a LIMIT may choose from,
 * none has another value there than those of the left side. Read when first asked.
 */
final class PinnedColumns {
    private final StatementFacts facts;
    private final List<ColumnPair> pairs;
    private final RowReader left;
    private @Nullable List<ColumnPair> pinned;

    PinnedColumns(StatementFacts facts, List<ColumnPair> pairs, RowReader left) {
        this.facts = facts;
        this.pairs = pairs;
        this.left = left;
    }

    /** Whether the conditions let such a row through. */
    boolean admit(RowReader side, int row) {
        if (pinned == null) {
            pinned = read();
        }
        return pinned.isEmpty() || left.isSortedAlike(0, side, row, pinned);
    }

    private List<ColumnPair> read() {
        List<ColumnPair> found = new ArrayList<>();
        for (ColumnPair pair : pairs) {
            if (isPinned(pair) && SortOrder.isComparable(pair) && isOneValue(pair)) {
                found.add(pair);
            }
        }
        return found;
    }

    private boolean isPinned(ColumnPair pair) {
        String origin = pair.origin();
        return !origin.isEmpty() && facts.choice().pinned().contains(origin.substring(origin.lastIndexOf('.') + 1));
    }

    /** As it must be where the text was read rightly; no row tells nothing. */
    private boolean isOneValue(ColumnPair pair) {
        for (int row = 1; row < left.size(); row++) {
            if (!left.isSortedAlike(0, left, row, List.of(pair))) {
                return false;
            }
        }
        return left.size() > 0;
    }
}
