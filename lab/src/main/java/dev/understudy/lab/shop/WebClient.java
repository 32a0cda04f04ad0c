package dev.understudy.lab.shop;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** The shop's pages: prepared statements, short transactions, batches, a mistake now and then. */
final class WebClient extends ShopClient {
    private long lastOrder = ShopData.ORDERS;

    WebClient(SplittableRandom random) {
        super(random);
    }

    @Override
    String application() {
        return "shop-web";
    }

    @Override
    String role() {
        return Shop.APP_ROLE;
    }

    @Override
    int worksPerRound() {
        return 3;
    }

    @Override
    void work(Connection connection) throws SQLException {
        long customer = anyCustomer();
        run(connection, "SELECT id, name, profile FROM customers WHERE email = ?", ShopData.email((int) customer));
        run(
                connection,
                "SELECT id, status, total, placed_at FROM orders WHERE customer_id = ? AND id <= ?"
                        + " ORDER BY placed_at DESC, id LIMIT 10",
                customer,
                (long) ShopData.ORDERS);
        run(connection, "SELECT id, name, price, attributes FROM products WHERE id = ?", 1 + any(ShopData.PRODUCTS));
        switch (any(4)) {
            case 0 -> run(connection, "SELECT * FROM order_overview WHERE id = ?", (long) historicOrder());
            case 1 ->
                run(
                        connection,
                        "SELECT line, product_id, quantity, price FROM order_items WHERE order_id = ? ORDER BY line",
                        (long) historicOrder());
            case 2 -> run(connection, "SELECT total, note FROM orders WHERE id = ?", (long) historicOrder());
            default -> order(connection, customer);
        }
        if (any(40) == 0) {
            fail(connection, "23514", "UPDATE products SET price = -1 WHERE id = ?", 1 + any(ShopData.PRODUCTS));
        }
    }

    private void order(Connection connection, long customer) throws SQLException {
        connection.setAutoCommit(false);
        BigDecimal total = anyAmount();
        lastOrder = run(
                connection,
                "INSERT INTO orders (customer_id, total, placed_at) VALUES (?, ?, ?) RETURNING id",
                customer,
                total,
                tick());
        try (PreparedStatement items = connection.prepareStatement(
                "INSERT INTO order_items (order_id, line, product_id, quantity, price) VALUES (?, ?, ?, ?, ?)")) {
            int lines = 1 + any(3);
            for (int line = 1; line <= lines; line++) {
                items.setLong(1, lastOrder);
                items.setInt(2, line);
                items.setInt(3, 1 + any(ShopData.PRODUCTS));
                items.setInt(4, 1 + any(3));
                items.setBigDecimal(5, anyAmount());
                items.addBatch();
            }
            items.executeBatch();
            counted(lines);
        }
        run(
                connection,
                "UPDATE products SET stock = stock - 1 WHERE id = ? RETURNING stock",
                1 + any(ShopData.PRODUCTS));
        if (any(10) == 0) {
            fail(connection, "23503", "INSERT INTO order_items VALUES (?, 99, -1, 1, 1)", lastOrder);
            connection.rollback();
        } else {
            connection.commit();
        }
        connection.setAutoCommit(true);
        run(connection, "SELECT id, status, total, note FROM orders WHERE id = ?", lastOrder);
    }
}
