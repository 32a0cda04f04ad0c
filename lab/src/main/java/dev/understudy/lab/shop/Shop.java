package dev.understudy.lab.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The sample shop's database. */
public final class Shop {
    /** The role of the shop's applications: it may read and write the shop's tables, and nothing else. */
    public static final String APP_ROLE = "shop_app";

    /** The role of its reports: it may only read. */
    public static final String REPORT_ROLE = "shop_report";

    /**
     * What a planted fault did, as the database itself tells.
     *
     * @param orders how many orders there are
     * @param wrong how many of them have another total than before
     */
    public record Damage(long orders, long wrong) {}

    private Shop() {}

    /**
     * Makes the shop in an empty database: the same seed gives the same rows.
     *
     * @param superuser a connection to it, with the right to make roles
     */
    public static void create(Connection superuser, long seed) throws SQLException, IOException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(text("schema.sql"));
            statement.execute(role(APP_ROLE));
            statement.execute(role(REPORT_ROLE));
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + APP_ROLE);
            statement.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + APP_ROLE);
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + REPORT_ROLE);
        }
        new ShopData(seed).fill(superuser);
        try (Statement statement = superuser.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    /** The migration with the fault: it truncates where it should round, so that some totals lose a cent. */
    public static String migration() {
        return text("migration.sql");
    }

    /** The same migration without the fault. */
    public static String fixedMigration() {
        return text("migration-fixed.sql");
    }

    /**
     * Counts the orders whose totals differ between two copies of the shop.
     *
     * @param before a connection to the one
     * @param after a connection to the other
     */
    public static Damage damage(Connection before, Connection after) throws SQLException {
        String totals = "SELECT id, total FROM orders ORDER BY id";
        try (Statement one = before.createStatement();
                Statement other = after.createStatement();
                ResultSet left = one.executeQuery(totals);
                ResultSet right = other.executeQuery(totals)) {
            long orders = 0;
            long wrong = 0;
            while (left.next()) {
                orders++;
                boolean same = right.next()
                        && left.getLong(1) == right.getLong(1)
                        && left.getBigDecimal(2).compareTo(right.getBigDecimal(2)) == 0;
                wrong += same ? 0 : 1;
            }
            return new Damage(orders, wrong);
        }
    }

    private static String role(String name) {
        return "DO $$ BEGIN CREATE ROLE " + name + " LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$";
    }

    private static String text(String resource) {
        try (InputStream in = Shop.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource=" + resource + ": not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
