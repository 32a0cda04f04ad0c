package dev.understudy.bench.state;

import dev.understudy.diff.state.WholeTables;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.catalog.Identifiers;
import dev.understudy.trace.run.RowHash;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparer.Side;
import dev.understudy.trace.run.TableComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Comparing two equal tables of nine columns next to the least that any comparison by hashes must do: one
 * {@code SELECT count(*), sum(hash)} of the same hash on both sides at once. In pairs, one after the other, so that
 * whatever else the machine does hits both; then the same with one row in 10,000 changed.
 *
 * <p>Takes a JDBC URL of a server's {@code postgres} database with its user, such as
 * {@code jdbc:postgresql://127.0.0.1:5432/postgres?user=postgres}, the number of rows, and the number of pairs. Makes two databases,
 * {@code understudy_bench_control} and {@code understudy_bench_candidate}, and drops them at the end.
 */
public final class WholeTablesBench {
    private static final String CONTROL = "understudy_bench_control";
    private static final String CANDIDATE = "understudy_bench_candidate";

    private final String url;
    private final long rows;
    private final int pairs;

    private WholeTablesBench(String url, long rows, int pairs) {
        this.url = url;
        this.rows = rows;
        this.pairs = pairs;
    }

    /** Runs it; see the class. */
    public static void main(String[] args) throws SQLException, IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("expected JDBC-URL ROWS PAIRS, found " + args.length + " arguments");
        }
        WholeTablesBench bench = new WholeTablesBench(args[0], Long.parseLong(args[1]), Integer.parseInt(args[2]));
        try (Connection server = DriverManager.getConnection(args[0])) {
            bench.create(server);
            try {
                bench.measure();
            } finally {
                drop(server);
            }
        }
    }

    private void create(Connection server) throws SQLException {
        drop(server);
        execute(server, "CREATE DATABASE " + CONTROL);
        try (Connection control = connect(CONTROL)) {
            execute(
                    control,
                    "CREATE TABLE orders (id bigint PRIMARY KEY, customer int NOT NULL, status text NOT NULL,"
                            + " total numeric(12,2), paid boolean, weight float8, created timestamptz, ref uuid,"
                            + " note varchar(80))");
            execute(
                    control,
                    "INSERT INTO orders SELECT i, i % 100003, (ARRAY['new','paid','sent'])[1 + i % 3],"
                            + " (i % 1000000) / 100.0, i % 7 = 0, i / 3.0,"
                            + " timestamptz '2026-01-01 00:00+00' + i * interval '1 second', md5(i::text)::uuid,"
                            + " CASE WHEN i % 5 <> 0 THEN 'note of order ' || i END FROM generate_series(1, " + rows
                            + ") i");
            execute(control, "VACUUM ANALYZE orders");
        }
        execute(server, "CREATE DATABASE " + CANDIDATE + " TEMPLATE " + CONTROL);
    }

    private static void drop(Connection server) throws SQLException {
        execute(server, "DROP DATABASE IF EXISTS " + CONTROL);
        execute(server, "DROP DATABASE IF EXISTS " + CANDIDATE);
    }

    private void measure() throws SQLException, IOException {
        try (Connection control = connect(CONTROL);
                Connection candidate = connect(CANDIDATE)) {
            Side left = new Side(control, CatalogReader.read(control));
            Side right = new Side(candidate, CatalogReader.read(candidate));
            String plain = plain(left);
            say("rows=%,d warm-up: plain %.2f s", rows, both(control, candidate, plain) / 1e9);
            pairs("equal", left, right, plain);
            long changed = rows / 10_000;
            execute(
                    candidate,
                    "UPDATE orders SET total = total + 0.01 WHERE id IN (SELECT 1 + (i::bigint * 7919 * 10007) % "
                            + rows + " FROM generate_series(1, " + changed + ") i)");
            pairs("1 in 10,000 changed", left, right, plain);
        }
    }

    private void pairs(String what, Side left, Side right, String plain) throws SQLException, IOException {
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            long first = pair % 2 == 0 ? both(left.connection(), right.connection(), plain) : compare(left, right);
            long second = pair % 2 == 0 ? compare(left, right) : both(left.connection(), right.connection(), plain);
            long ofPlain = pair % 2 == 0 ? first : second;
            long ofWhole = pair % 2 == 0 ? second : first;
            ratios.add((double) ofWhole / ofPlain);
            say(
                    "%s: plain %.2f s, whole tables %.2f s, ratio %.3f, load %s",
                    what, ofPlain / 1e9, ofWhole / 1e9, (double) ofWhole / ofPlain, load());
        }
        ratios.sort(null);
        say("%s: median ratio %.3f of %d pairs", what, ratios.get(ratios.size() / 2), pairs);
    }

    private static long compare(Side left, Side right) throws SQLException {
        long began = System.nanoTime();
        List<TableComparison> found = new WholeTables().compare(Moment.BEFORE_REPLAY, left, right);
        long took = System.nanoTime() - began;
        for (TableComparison table : found) {
            say(
                    "  %s: rows=%,d missing=%d extra=%d cells=%d whole=%s",
                    table.baseline(),
                    table.baselineRows(),
                    table.missing(),
                    table.extra(),
                    table.cells().stream()
                            .mapToLong(TableComparison.CellDifference::count)
                            .sum(),
                    table.isWhole());
        }
        return took;
    }

    /** The same hash over the same columns, not grouped. */
    private static String plain(Side side) throws SQLException {
        RowHash hash = RowHash.read(side.connection());
        Catalog.Relation orders = side.catalog().relations().stream()
                .filter(relation -> relation.name().equals("orders"))
                .findFirst()
                .orElseThrow();
        List<String> values = orders.attributes().stream()
                .map(attribute -> hash.value(Identifiers.quoted(attribute.name()), attribute.typeOid()))
                .toList();
        boolean recordHash = side.catalog().serverVersion() >= RowHash.VERSION_WITH_RECORD_HASH;
        return "SELECT count(*), sum(" + RowHash.summand(RowHash.row(values, recordHash)) + ") FROM orders";
    }

    private static long both(Connection left, Connection right, String sql) {
        long began = System.nanoTime();
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> ask(right, sql));
        ask(left, sql);
        other.join();
        return System.nanoTime() - began;
    }

    private static String ask(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(2);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url.replaceFirst("/postgres(\\?|$)", "/" + database + "$1"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.isReadable(file) ? Files.readString(file).strip() : "unknown";
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
