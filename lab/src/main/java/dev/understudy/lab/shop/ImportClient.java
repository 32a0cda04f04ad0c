package dev.understudy.lab.shop;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Takes deliveries in by COPY, and hands lists out by it. */
final class ImportClient extends ShopClient {
    private static final int ROWS = 30;

    ImportClient(SplittableRandom random) {
        super(random);
    }

    @Override
    String application() {
        return "shop-import";
    }

    @Override
    String role() {
        return Shop.APP_ROLE;
    }

    @Override
    void work(Connection connection) throws SQLException, IOException {
        if (any(6) != 0) {
            run(connection, "SELECT count(*), sum(quantity), min(received_at) FROM deliveries");
            return;
        }
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append(ShopData.sku(1 + any(ShopData.PRODUCTS)))
                    .append('\t')
                    .append(1 + any(50))
                    .append('\t');
            rows.append(any(10_000) / 8.0).append('\t').append(tick()).append('\n');
        }
        copy.copyIn("COPY deliveries FROM STDIN", new StringReader(rows.toString()));
        copy.copyOut(
                "COPY (SELECT sku, name, price FROM products WHERE id % 10 = " + any(10) + " ORDER BY id) TO STDOUT",
                new StringWriter());
        counted(2);
    }
}
