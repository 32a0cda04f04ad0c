package dev.understudy.lab.shop;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.SplittableRandom;

/** Books payments of old orders: transactions with row locks and savepoints. */
final class BillingClient extends ShopClient {
    BillingClient(SplittableRandom random) {
        super(random);
    }

    @Override
    String application() {
        return "shop-billing";
    }

    @Override
    String role() {
        return Shop.APP_ROLE;
    }

    @Override
    void work(Connection connection) throws SQLException {
        long order = historicOrder();
        BigDecimal amount = anyAmount();
        connection.setAutoCommit(false);
        run(connection, "SELECT status, total FROM orders WHERE id = ? FOR UPDATE", order);
        run(
                connection,
                "INSERT INTO payments (order_id, amount, method, paid_at) VALUES (?, ?, ?, ?) RETURNING id",
                order,
                amount,
                any(2) == 0 ? "card" : "transfer",
                tick());
        Savepoint before = connection.setSavepoint();
        if (any(5) == 0) {
            fail(connection, "22012", "SELECT total / (id - id) FROM orders WHERE id = ?", order);
            connection.rollback(before);
        }
        run(connection, "UPDATE orders SET status = 'paid' WHERE id = ?", order);
        if (any(12) == 0) {
            connection.rollback();
        } else {
            connection.commit();
        }
        connection.setAutoCommit(true);
        run(connection, "SELECT count(*), sum(amount) FROM payments WHERE order_id = ?", order);
    }
}
