package dev.understudy.lab.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** The support desk's tool: simple protocol, documents in jsonb, new customers, some of them known already. */
final class SupportClient extends ShopClient {
    private int registered;

    SupportClient(SplittableRandom random) {
        super(random);
    }

    @Override
    String application() {
        return "shop-support";
    }

    @Override
    String role() {
        return Shop.APP_ROLE;
    }

    @Override
    String urlParameters() {
        return "&preferQueryMode=simple";
    }

    @Override
    void work(Connection connection) throws SQLException {
        int customer = anyCustomer();
        run(connection, "SELECT id, email, name, profile->>'colour' AS colour FROM customers WHERE id = " + customer);
        switch (any(4)) {
            case 0 ->
                run(
                        connection,
                        "UPDATE customers SET profile = profile || '{\"visits\": " + any(1000) + "}' WHERE id = "
                                + customer + " RETURNING profile");
            case 1 -> {
                registered++;
                run(
                        connection,
                        "INSERT INTO customers (email, name, since) VALUES ('new" + registered
                                + "@shop.example', 'New Customer', '" + tick() + "') RETURNING id");
            }
            case 2 ->
                fail(
                        connection,
                        "23505",
                        "INSERT INTO customers (email, name, since) VALUES ('" + ShopData.email(customer)
                                + "', 'Known Already', '" + tick() + "')");
            default ->
                run(
                        connection,
                        "SELECT id, total, note FROM orders WHERE id BETWEEN " + historicOrder() + " AND "
                                + historicOrder() + " AND note IS NOT NULL ORDER BY id LIMIT 20");
        }
    }
}
