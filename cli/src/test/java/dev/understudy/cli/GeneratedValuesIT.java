package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.capture.CaptureAgent;
import dev.understudy.capture.CaptureConfig;
import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Concurrent clients that refer to what the server generated for each other, on copies whose sequences are elsewhere. */
class GeneratedValuesIT {
    private static final String CAPTURE = "generated";
    private static final String BEFORE = "generated_before";
    private static final int ROUNDS = 40;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = """
            CREATE TABLE accounts (id serial PRIMARY KEY, name text, balance int DEFAULT 0);
            CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                 account_id int NOT NULL REFERENCES accounts, qty int, note text);
            CREATE TABLE parcels (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), order_id bigint REFERENCES orders, what text);
            CREATE SEQUENCE tickets_seq CACHE 20;
            CREATE TABLE tickets (id bigint PRIMARY KEY DEFAULT nextval('tickets_seq'), parcel uuid REFERENCES parcels, what text);
            CREATE TABLE events (id bigint PRIMARY KEY DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
                                 what text);
            CREATE TABLE remarks (id serial PRIMARY KEY, what text);
            CREATE INDEX ON orders (account_id);
            CREATE INDEX ON tickets (parcel);
            INSERT INTO accounts (name) SELECT 'base ' || i FROM generate_series(1, 50) i;
            INSERT INTO orders (account_id, qty) SELECT i, 1 FROM generate_series(1, 50) i;
            """;

    @TempDir
    static Path folder;

    private static EmbeddedDatabase server;

    @BeforeAll
    static void capture() throws Exception {
        server = LabServers.postgres();
        String production = "generated_production";
        server.createDatabase(production);
        server.execute(production, SCHEMA);
        server.copyDatabase(production, BEFORE);
        CaptureConfig config = CaptureConfig.defaults(
                CAPTURE,
                "127.0.0.1",
                0,
                server.connectionInfo(production),
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()),
                folder);
        try (CaptureAgent agent = CaptureAgent.start(config)) {
            String url = "jdbc:postgresql://127.0.0.1:" + agent.boundPort() + "/" + production
                    + "?user=postgres&sslmode=disable&gssEncMode=disable&";
            Queue<Long> forB = new ConcurrentLinkedQueue<>();
            Queue<Long> forA = new ConcurrentLinkedQueue<>();
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<Future<?>> clients = new ArrayList<>();
                // binary parameters from the first use on; and values in simple queries' texts
                clients.add(threads.submit(() -> new Client("a", url + "prepareThreshold=-1", forA, forB).run()));
                clients.add(threads.submit(() -> new Client("b", url + "preferQueryMode=simple", forB, forA).run()));
                for (Future<?> client : clients) {
                    client.get();
                }
            } finally {
                threads.shutdown();
            }
        }
    }

    /** One client: works on the other's orders wherever it has been told of one. */
    private record Client(String name, String url, Queue<Long> told, Queue<Long> tells) implements Runnable {
        @Override
        public void run() {
            try (Connection connection = DriverManager.getConnection(url)) {
                for (int i = 0; i < ROUNDS; i++) {
                    round(connection, name + i);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void round(Connection db, String what) throws SQLException {
            Number account = (Number) one(db, "INSERT INTO accounts (name) VALUES (?) RETURNING id", what);
            Number order =
                    (Number) one(db, "INSERT INTO orders (account_id, qty) VALUES (?, ?) RETURNING id", account, 1);
            tells.add(order.longValue());
            Long others = told.poll();
            long mine = others == null ? order.longValue() : others;
            UUID parcel = (UUID) one(db, "INSERT INTO parcels (order_id, what) VALUES (?, ?) RETURNING id", mine, what);
            Number ticket =
                    (Number) one(db, "INSERT INTO tickets (parcel, what) VALUES (?, ?) RETURNING id", parcel, what);
            Number event = (Number) one(db, "INSERT INTO events (what) VALUES (?) RETURNING id", what);
            one(
                    db,
                    "SELECT o.id, o.qty, a.id, a.name FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.id = ?",
                    mine);
            one(db, "SELECT * FROM tickets t JOIN parcels p ON p.id = t.parcel WHERE t.id = ?", ticket);
            one(db, "SELECT * FROM parcels WHERE id = ?", parcel);
            one(db, "UPDATE events SET what = what || '!' WHERE id = ? RETURNING what", event);
            one(
                    db,
                    "UPDATE orders SET qty = ?, note = ? WHERE id = ? RETURNING qty, note",
                    order.intValue(),
                    what,
                    mine);
            one(db, "SELECT id, account_id, qty FROM orders WHERE account_id = ? ORDER BY id", account);
            if (name.equals("a")) {
                lookUp(db, what);
            }
            db.setAutoCommit(false);
            try (Statement statement = db.createStatement()) {
                statement.executeUpdate("INSERT INTO accounts (name) VALUES ('" + what + " second')");
            }
            Number second = (Number) one(db, "SELECT lastval()");
            one(db, "UPDATE accounts SET balance = balance + 1 WHERE id IN (?, ?) RETURNING balance", account, second);
            db.commit();
            db.setAutoCommit(true);
        }

        /** Ids that nobody showed when they were drawn. */
        private static void lookUp(Connection db, String what) throws SQLException {
            try (Statement statement = db.createStatement()) {
                statement.executeUpdate("INSERT INTO remarks (what) VALUES ('" + what + "'), ('" + what + "')");
            }
            Number remark = (Number) one(db, "SELECT id FROM remarks WHERE what = ? ORDER BY id DESC", what);
            one(db, "UPDATE remarks SET what = what || '!' WHERE id = ? RETURNING id, what", remark);
        }

        private static Object one(Connection db, String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = db.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).as(sql).isTrue();
                    return rows.getObject(1);
                }
            }
        }
    }

    private static String copy(String name, int by) throws SQLException {
        server.copyDatabase(BEFORE, name);
        server.execute(name, """
                SELECT setval('accounts_id_seq', 50 + %1$d), setval('orders_id_seq', 50 + 3 * %1$d),
                       setval('tickets_seq', 5 * %1$d), setval('remarks_id_seq', %1$d)
                """.formatted(by));
        assertThat(run("mark", "--target", uri(name)).exitCode()).isZero();
        return name;
    }

    private static JsonNode rehearse(String run, String control, String candidate, String order) throws Exception {
        CommandLineRun replay = run(
                "replay",
                "--capture",
                CAPTURE,
                "--run",
                run,
                "--target",
                uri(candidate),
                "--control",
                uri(control),
                "--order",
                order,
                "--no-state");
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        Path out = folder.resolve("report-" + run);
        run("diff", "--run", run, "--report", out.toString());
        return JSON.readTree(out.resolve("report.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"causal", "serial"})
    void whatIsTheSameUnderOtherIdsIsNoFinding(String order) throws Exception {
        String control = copy("generated_control_" + order, 7);
        String candidate = copy("generated_candidate_" + order, 1_000);

        JsonNode report = rehearse("generated-" + order, control, candidate, order);

        long compared = report.at("/ledger/compared").asLong();
        long otherThanRecorded = 0;
        for (JsonNode group : report.at("/groups")) {
            // which of two that overlapped came first is not in the trace: both arms may have it the other way round
            assertThat(group.at("/attribution").asText())
                    .as(report.toPrettyString())
                    .isEqualTo("environment");
            otherThanRecorded += group.at("/count").asLong();
        }
        assertThat(otherThanRecorded).as(report.toPrettyString()).isLessThanOrEqualTo(compared / 200);
        assertThat(compared).isGreaterThan(2 * ROUNDS * 10);
        assertThat(report.at("/ledger/tainted").asLong()).isZero();
    }

    @Test
    void aWrongAnswerAmongOtherIdsIsFound() throws Exception {
        String control = copy("generated_control_wrong", 7);
        String candidate = copy("generated_candidate_wrong", 7);
        server.execute(candidate, """
                CREATE FUNCTION astray() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN IF NEW.qty = 1 AND NEW.id % 16 = 0 THEN NEW.account_id := NEW.account_id - 1; END IF; RETURN NEW; END $$;
                CREATE TRIGGER astray BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION astray();
                """);

        JsonNode report = rehearse("generated-wrong", control, candidate, "serial");

        assertThat(report.at("/groups")).as(report.toPrettyString()).anySatisfy(group -> {
            assertThat(group.at("/origin").asText()).isEqualTo("public.accounts.name");
            assertThat(group.at("/disposition").asText()).isEqualTo("unexpected");
        });
    }

    private static String uri(String database) {
        return "postgres://postgres@127.0.0.1:" + server.port() + "/" + database;
    }

    private static CommandLineRun run(String... args) {
        return CommandLineRun.of(
                Map.of("UNDERSTUDY_BOOTSTRAP_SERVER", LabServers.kafka().bootstrapServers()), folder, args);
    }
}
