package dev.understudy.diff.compare;

import dev.understudy.diff.compare.SortOrder.Tie;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows that both sides have come in one order. Those that the ORDER BY leaves equal may come in any: each run of
 * such rows on the left must lie behind all runs before it on the right.
 */
final class OrderComparison {
    private static final int NONE = -1;

    private final RowReader left;
    private final RowReader right;
    private final SortOrder order;
    private final int[] partners;

    /**
     * Two rows that come the other way round.
     *
     * @param first the left row that comes first there
     * @param second the left row that comes second there
     * @param decided whether the ORDER BY puts one before the other; else the result does not show it
     */
    record Inversion(int first, int second, boolean decided) {}

    /** Of results whose rows are paired: {@code partners} has the right row of each left one, -1 to leave it out. */
    OrderComparison(RowReader left, RowReader right, SortOrder order, int[] partners) {
        this.left = left;
        this.right = right;
        this.order = order;
        this.partners = partners;
    }

    /** The first rows that come the other way round, those of which that is certain before others; null for none. */
    @Nullable Inversion find(RowIdentity identity) {
        if (isRising()) {
            return null;
        }
        untangle(identity);
        Inversion undecided = null;
        int before = NONE;
        int latest = NONE;
        int latestOfRun = NONE;
        for (int row = 0; row < partners.length; row++) {
            if (partners[row] == NONE) {
                continue;
            }
            if (before != NONE && order.tie(left, before, left, row) != Tie.YES) {
                latest = later(latest, latestOfRun);
                latestOfRun = NONE;
            }
            if (latest != NONE && partners[row] < partners[latest]) {
                Tie tie = order.tie(left, latest, left, row);
                if (tie == Tie.NO) {
                    return new Inversion(latest, row, true);
                }
                undecided = undecided == null && tie == Tie.UNKNOWN ? new Inversion(latest, row, false) : undecided;
            }
            latestOfRun = later(latestOfRun, row);
            before = row;
        }
        return undecided;
    }

    private int later(int a, int b) {
        return a == NONE || b != NONE && partners[b] > partners[a] ? b : a;
    }

    private boolean isRising() {
        int last = NONE;
        for (int partner : partners) {
            if (partner != NONE && partner < last) {
                return false;
            }
            last = Math.max(last, partner);
        }
        return true;
    }

    /** Of rows that are the same, the first on the left belongs to the first on the right. */
    private void untangle(RowIdentity identity) {
        int[] rows = rowsWithPartner();
        RowIndex waiting = new RowIndex(rows.length);
        int[] taken = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            taken[i] = partners[rows[i]];
        }
        Arrays.sort(taken);
        for (int i = taken.length - 1; i >= 0; i--) {
            waiting.addFirst(taken[i], identity.hash(right, taken[i]));
        }
        for (int row : rows) {
            int partner = waiting.poll(identity.hash(left, row), found -> identity.isOne(left, row, right, found));
            partners[row] = partner;
        }
    }

    private int[] rowsWithPartner() {
        int[] rows = new int[partners.length];
        int count = 0;
        for (int row = 0; row < partners.length; row++) {
            if (partners[row] != NONE) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }
}
