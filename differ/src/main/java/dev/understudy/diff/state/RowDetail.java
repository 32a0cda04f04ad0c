package dev.understudy.diff.state;

import java.util.ArrayList;
import java.util.List;

/** Pairs the rows of ids that differ, and looks at their columns. Belongs to the caller's thread. */
final class RowDetail {
    /** Rows of one id beyond these are not looked at: a key that is no key any more may have very many. */
    private static final int MAX_ROWS_OF_ID = 50;

    private final Sides sides;
    private final SideSql control;
    private final SideSql candidate;

    RowDetail(Sides sides, SideSql control, SideSql candidate) {
        this.sides = sides;
        this.control = control;
        this.candidate = candidate;
    }

    /** Fetches the rows of those ids from both sides, and puts what differs into the book. */
    void into(CellBook book, List<Long> ids) throws SideException, InterruptedException {
        if (ids.isEmpty()) {
            return;
        }
        try (RowPages left = pages(sides.control(), control, ids);
                RowPages right = pages(sides.candidate(), candidate, ids)) {
            for (long id : ids) {
                pair(book, rows(left, id), rows(right, id));
            }
        }
    }

    /** Some rows of one side, as they are shown, one of each id. */
    List<FullRow> some(SideSession side, List<Long> ids, int most) throws SideException, InterruptedException {
        List<FullRow> rows = new ArrayList<>();
        if (ids.isEmpty() || most == 0) {
            return rows;
        }
        List<Long> first = ids.subList(0, Math.min(most, ids.size()));
        try (RowPages pages = pages(side, side == sides.control() ? control : candidate, first)) {
            for (FullRow row = pages.peek(); row != null && rows.size() < most; row = pages.peek()) {
                if (rows.isEmpty() || rows.get(rows.size() - 1).id() != row.id()) {
                    rows.add(row);
                }
                pages.skip();
            }
        }
        return rows;
    }

    private RowPages pages(SideSession side, SideSql sql, List<Long> ids) {
        return new RowPages(
                sides, side, sql.rows(ids), sql.key().size(), sql.shown().size());
    }

    private static List<FullRow> rows(RowPages pages, long id) throws SideException, InterruptedException {
        List<FullRow> rows = new ArrayList<>();
        for (FullRow row = pages.peek(); row != null && row.id() <= id; row = pages.peek()) {
            if (row.id() == id && rows.size() < MAX_ROWS_OF_ID) {
                rows.add(row);
            }
            pages.skip();
        }
        return rows;
    }

    /** Rows that both have go first; of the rest, those of one key belong together in the order they came. */
    private static void pair(CellBook book, List<FullRow> before, List<FullRow> after) {
        List<FullRow> left = new ArrayList<>(before);
        List<FullRow> right = new ArrayList<>(after);
        if (left.size() + right.size() > 2) {
            left.removeIf(row -> removeEqual(right, row));
        }
        for (FullRow row : left) {
            for (int i = 0; i < right.size(); i++) {
                if (right.get(i).key().equals(row.key())) {
                    book.add(row, right.remove(i));
                    break;
                }
            }
        }
    }

    private static boolean removeEqual(List<FullRow> rows, FullRow wanted) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).values().equals(wanted.values())) {
                rows.remove(i);
                return true;
            }
        }
        return false;
    }
}
