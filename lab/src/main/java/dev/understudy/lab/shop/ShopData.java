package dev.understudy.lab.shop;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The shop's rows before any traffic: the same seed gives the same. */
final class ShopData {
    static final int CUSTOMERS = 400;
    static final int PRODUCTS = 150;
    static final int ORDERS = 3000;

    /** The moment from which the shop's times count. */
    static final Instant OPENED = Instant.parse("2026-01-05T08:00:00Z");

    private static final int MAX_LINES = 4;
    private static final int STOCK = 1_000_000;
    private static final List<String> NAMES = List.of("Ada", "Björn", "Chloé", "Dmitri", "Eleni", "Fátima", "Grace");
    private static final List<String> FAMILIES =
            List.of("Lovelace", "Ångström", "Noether", "Hopper", "Curie", "Þórsdóttir");
    private static final List<String> GOODS =
            List.of("Kettle", "Teapot", "Mug", "Tray", "Spoon", "Jar", "Crème brûlée torch");
    private static final List<String> COLOURS = List.of("red", "green", "blue", "black");
    private static final List<String> STATUSES = List.of("new", "paid", "shipped", "cancelled");

    private final SplittableRandom random;

    ShopData(long seed) {
        random = new SplittableRandom(seed);
    }

    void fill(Connection connection) throws SQLException, IOException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        BigDecimal[] prices = new BigDecimal[PRODUCTS + 1];
        copy.copyIn("COPY customers (email, name, profile, since) FROM STDIN", new StringReader(customers()));
        copy.copyIn(
                "COPY products (sku, name, price, attributes, stock) FROM STDIN", new StringReader(products(prices)));
        StringBuilder orders = new StringBuilder();
        StringBuilder items = new StringBuilder();
        StringBuilder payments = new StringBuilder();
        for (int order = 1; order <= ORDERS; order++) {
            order(order, prices, orders, items, payments);
        }
        copy.copyIn(
                "COPY orders (customer_id, status, total, placed_at, note) FROM STDIN",
                new StringReader(orders.toString()));
        copy.copyIn("COPY order_items FROM STDIN", new StringReader(items.toString()));
        copy.copyIn(
                "COPY payments (order_id, amount, method, paid_at) FROM STDIN", new StringReader(payments.toString()));
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON TABLE orders IS 'sample data'");
        }
    }

    private String customers() {
        StringBuilder rows = new StringBuilder();
        for (int c = 1; c <= CUSTOMERS; c++) {
            String first = any(NAMES);
            rows.append(email(c))
                    .append('\t')
                    .append(first)
                    .append(' ')
                    .append(any(FAMILIES))
                    .append('\t');
            rows.append("{\"newsletter\": ").append(random.nextBoolean());
            rows.append(", \"colour\": \"")
                    .append(any(COLOURS))
                    .append("\", \"visits\": ")
                    .append(random.nextInt(500));
            rows.append("}\t")
                    .append(OPENED.minusSeconds(random.nextInt(50_000_000)))
                    .append('\n');
        }
        return rows.toString();
    }

    private String products(BigDecimal[] prices) {
        StringBuilder rows = new StringBuilder();
        for (int p = 1; p <= PRODUCTS; p++) {
            prices[p] = BigDecimal.valueOf(99 + random.nextInt(9_900), 2);
            rows.append(sku(p))
                    .append('\t')
                    .append(any(GOODS))
                    .append(' ')
                    .append(p)
                    .append('\t')
                    .append(prices[p]);
            rows.append("\t{\"colour\": \"").append(any(COLOURS)).append("\", \"grams\": ");
            rows.append(50 + random.nextInt(5_000))
                    .append(", \"tags\": [\"home\", \"")
                    .append(any(COLOURS));
            rows.append("\"]}\t").append(STOCK).append('\n');
        }
        return rows.toString();
    }

    private void order(
            int order, BigDecimal[] prices, StringBuilder orders, StringBuilder items, StringBuilder payments) {
        String status = any(STATUSES);
        Instant placed = OPENED.minusSeconds(60L * (ORDERS - order)).plusNanos(1_000L * random.nextInt(1_000_000));
        BigDecimal total = BigDecimal.ZERO;
        int lines = 1 + random.nextInt(MAX_LINES);
        for (int line = 1; line <= lines; line++) {
            int product = 1 + random.nextInt(PRODUCTS);
            int quantity = 1 + random.nextInt(3);
            total = total.add(prices[product].multiply(BigDecimal.valueOf(quantity)));
            items.append(order)
                    .append('\t')
                    .append(line)
                    .append('\t')
                    .append(product)
                    .append('\t');
            items.append(quantity).append('\t').append(prices[product]).append('\n');
        }
        orders.append(1 + random.nextInt(CUSTOMERS))
                .append('\t')
                .append(status)
                .append('\t')
                .append(total);
        orders.append('\t')
                .append(placed)
                .append('\t')
                .append(random.nextInt(5) == 0 ? "as a gift" : "\\N")
                .append('\n');
        if (status.equals("paid") || status.equals("shipped")) {
            payments.append(order)
                    .append('\t')
                    .append(total)
                    .append("\tcard\t")
                    .append(placed.plusSeconds(90))
                    .append('\n');
        }
    }

    static String email(int customer) {
        return "customer" + customer + "@shop.example";
    }

    static String sku(int product) {
        return String.format(java.util.Locale.ROOT, "SKU-%04d", product);
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
