package dev.understudy.diff.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One side's rows, a page at a time, the next one read while the caller looks at this one. Belongs to the
 * caller's thread.
 */
final class RowPages implements AutoCloseable {
    /** Rows held of each side are at most twice as many. */
    private static final int PAGE_ROWS = 200;

    private final Sides sides;
    private final SideSession side;
    private final int keyColumns;
    private final int shownColumns;
    private CompletableFuture<List<FullRow>> coming;
    private List<FullRow> page = List.of();
    private int at;
    // Both belong to the side's thread.
    private @Nullable Statement statement;
    private @Nullable ResultSet rows;

    /** Of rows that a query gives: an id, so many columns that are the key, and so many that are shown. */
    RowPages(Sides sides, SideSession side, String query, int keyColumns, int shownColumns) {
        this.sides = sides;
        this.side = side;
        this.keyColumns = keyColumns;
        this.shownColumns = shownColumns;
        this.coming = sides.start(side, session -> {
            statement = session.connection().createStatement();
            statement.setFetchSize(PAGE_ROWS);
            rows = statement.executeQuery(query);
            return read();
        });
    }

    /** The next row without going on; null after the last. */
    @Nullable FullRow peek() throws SideException, InterruptedException {
        if (at == page.size()) {
            page = Sides.result(coming);
            at = 0;
            if (!page.isEmpty()) {
                coming = sides.start(side, session -> read());
            }
        }
        return page.isEmpty() ? null : page.get(at);
    }

    /** Goes on. */
    void skip() {
        at++;
    }

    private List<FullRow> read() throws SQLException {
        List<FullRow> read = new ArrayList<>(PAGE_ROWS);
        while (read.size() < PAGE_ROWS && rows != null && rows.next()) {
            read.add(row(rows));
        }
        return read;
    }

    private FullRow row(ResultSet row) throws SQLException {
        int column = 1;
        long id = row.getLong(column++);
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < keyColumns; i++) {
            String value = row.getString(column++);
            key.append(i == 0 ? "" : ", ").append(value == null ? "NULL" : value);
        }
        List<@Nullable String> values = new ArrayList<>(shownColumns);
        for (int i = 0; i < shownColumns; i++) {
            values.add(row.getString(column++));
        }
        return new FullRow(id, key.toString(), values);
    }

    @Override
    public void close() {
        sides.end(coming, side);
        CompletableFuture<Boolean> closing = sides.start(side, session -> {
            if (statement != null) {
                statement.close();
            }
            return true;
        });
        closing.exceptionally(error -> false).join();
    }
}
