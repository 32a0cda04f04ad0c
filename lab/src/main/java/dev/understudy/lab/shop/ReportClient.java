package dev.understudy.lab.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** Reports over the orders of the past: aggregates, and a cursor that reads many rows in pieces. */
final class ReportClient extends ShopClient {
    private static final int FETCH_ROWS = 50;

    ReportClient(SplittableRandom random) {
        super(random);
    }

    @Override
    String application() {
        return "shop-report";
    }

    @Override
    String role() {
        return Shop.REPORT_ROLE;
    }

    @Override
    void work(Connection connection) throws SQLException {
        int from = historicOrder();
        if (any(4) == 0) {
            cursor(connection, from);
        }
        run(
                connection,
                "SELECT date_trunc('hour', placed_at) AS hour, count(*), sum(total), max(total) FROM orders"
                        + " WHERE id BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
                (long) from,
                (long) Math.min(from + 200, ShopData.ORDERS));
        run(
                connection,
                "SELECT p.sku, sum(i.quantity) AS sold FROM order_items i JOIN products p ON p.id = i.product_id"
                        + " WHERE i.order_id BETWEEN ? AND ? GROUP BY p.sku ORDER BY sold DESC, p.sku LIMIT 5",
                (long) from,
                (long) Math.min(from + 200, ShopData.ORDERS));
        if (any(15) == 0) {
            fail(connection, "42501", "DELETE FROM payments WHERE id = ?", 1L);
        }
    }

    private void cursor(Connection connection, int from) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT id, total, placed_at FROM orders WHERE id BETWEEN ? AND ? ORDER BY id")) {
            statement.setFetchSize(FETCH_ROWS);
            statement.setLong(1, from);
            statement.setLong(2, Math.min(from + 4 * FETCH_ROWS, ShopData.ORDERS));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    rows.getBigDecimal(2);
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        counted(1);
    }
}
