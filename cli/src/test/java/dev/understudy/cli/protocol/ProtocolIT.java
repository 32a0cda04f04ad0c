package dev.understudy.cli.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.capture.CaptureAgent;
import dev.understudy.capture.CaptureConfig;
import dev.understudy.cli.CommandLineRun;
import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.pgwire.message.FrontendMessages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a protocol has, through the agent, on two arms, and in the report: both arms are built anew, so that every table,
 * type and function has another number than in production and than on the other arm, and nothing of that is a finding.
 */
class ProtocolIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CREATED = 715;
    private static final Set<String> NUMBERS = Set.of("oid", "typarray", "typrelid", "atttypid", "attrelid");
    private static final String SCHEMA = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');"
            + "CREATE TYPE pair AS (a int, m mood);"
            + "CREATE TABLE t(id int PRIMARY KEY, m mood, ms mood[], p pair);"
            + "INSERT INTO t VALUES (1, 'sad', '{ok,happy}', '(1,ok)'), (2, 'happy', NULL, NULL);"
            + "CREATE FUNCTION twice(i int) RETURNS int LANGUAGE sql AS 'SELECT i * 2';"
            + "CREATE PROCEDURE both_ways() LANGUAGE plpgsql AS"
            + " $$ BEGIN INSERT INTO t VALUES (50, 'ok'); COMMIT; INSERT INTO t VALUES (51, 'ok'); ROLLBACK; END $$";

    @TempDir
    Path folder;

    private final EmbeddedDatabase server = LabServers.postgres();
    private final String production = LabServers.uniqueName("protocol");

    @Test
    void nothingOfTheProtocolIsAFinding() throws Exception {
        String capture = LabServers.uniqueName("protocol_capture");
        build(production, "");
        String control = build(LabServers.uniqueName("protocol"), "CREATE TYPE padding AS ENUM ('x');");
        String candidate =
                build(LabServers.uniqueName("protocol"), "CREATE TABLE padding(a int); CREATE TABLE padding2(a int);");
        server.execute(control, "DROP TYPE padding");
        server.execute(candidate, "DROP TABLE padding, padding2");
        CaptureConfig config =
                CaptureConfig.defaults(capture, "127.0.0.1", 0, server.connectionInfo(production), kafka(), folder);
        try (CaptureAgent agent = CaptureAgent.start(config)) {
            traffic(agent.boundPort());
        }

        for (String order : List.of("causal", "session")) {
            JsonNode report = rehearse(capture, copy(control), copy(candidate), order);

            JsonNode ledger = report.at("/ledger");
            String all = order + ": " + report.toPrettyString();
            assertThat(ledger.at("/forced").asLong()).as(all).isEqualTo(1);
            assertThat(ledger.at("/compared").asLong() + 1)
                    .as(all)
                    .isEqualTo(ledger.at("/exchanges").asLong());
            assertThat(report.at("/groups"))
                    .as(all)
                    .allMatch(group -> isNumber(group), "numbers of the catalogs' things, none of them a finding");
        }
    }

    /** A value that is an OID in the statement's own words: told apart, and blamed on nobody. */
    private static boolean isNumber(JsonNode group) {
        return group.at("/class").asText().equals("VALUE_NUMERIC")
                && !group.at("/disposition").asText().equals("unexpected")
                && NUMBERS.contains(group.at("/path").asText());
    }

    private String build(String name, String before) throws Exception {
        server.createDatabase(name);
        server.execute(name, before + SCHEMA);
        return name;
    }

    private String copy(String database) throws Exception {
        String name = LabServers.uniqueName("protocol");
        server.copyDatabase(database, name);
        assertThat(run("mark", "--target", uri(name)).exitCode()).isZero();
        return name;
    }

    private void traffic(int port) throws Exception {
        try (WireClient client = new WireClient(port, "postgres", production);
                WireClient other = new WireClient(port, "postgres", production)) {
            userTypes(client);
            client.query("CREATE TEMP TABLE short(id serial, m mood)");
            client.query("INSERT INTO short(m) VALUES ('ok'), ('sad') RETURNING *");
            client.query("SELECT * FROM short");
            client.query("BEGIN; DECLARE h CURSOR WITH HOLD FOR SELECT * FROM t ORDER BY id; FETCH 1 FROM h; COMMIT");
            client.query("FETCH ALL FROM h");
            client.query("LISTEN news");
            other.query("NOTIFY news, 'one'");
            client.query("SELECT 1");
            client.query("NOTIFY news, 'two'");
            client.query("UNLISTEN news");
            client.query("CALL both_ways()");
            client.query("SELECT 'x'::mood");
            client.query("INSERT INTO t VALUES (3, 'ok'); SELECT 1/0");
            client.query("INSERT INTO t VALUES (4, 'ok'); COMMIT; INSERT INTO t VALUES (4, 'ok')");
            copies(client);
            largeObjects(client);
            cancelled(client);
            client.query("DISCARD ALL");
            client.query("SELECT * FROM t ORDER BY id");
        }
    }

    private void userTypes(WireClient client) throws Exception {
        int mood = oid("'mood'::regtype");
        client.parse("in", "INSERT INTO t VALUES ($1, $2, $3) RETURNING *", 23, mood, oid("'mood[]'::regtype"));
        client.execute("in", Unpooled.copyInt(10), text("ok"), array(mood, text("sad")));
        client.sync();
        client.parse("out", "SELECT m, ms, p, ARRAY[p], t FROM t WHERE ms @> $1 ORDER BY id");
        FrontendMessages.describeStatement(client.out(), "out");
        client.sync();
        client.execute("out", array(mood, text("ok")));
        client.sync();
        client.query("SELECT m, ms, p, ARRAY[p] FROM t ORDER BY id");
        client.query("SELECT t.oid, t.typname, t.typarray, t.typrelid FROM pg_type t WHERE t.typname = 'pair'");
        client.query(
                "SELECT a.atttypid, a.attrelid FROM pg_attribute a WHERE a.attrelid = 't'::regclass AND attname = 'm'");
        client.query("SELECT 'mood'::regtype, 't'::regclass, 'twice'::regproc, 't'::regclass::oid");
        client.parse("types", "SELECT oid, typname, typarray FROM pg_catalog.pg_type WHERE oid = $1");
        FrontendMessages.describeStatement(client.out(), "types");
        client.sync();
        client.execute("types", Unpooled.copyInt(mood));
        client.sync();
        function(client, oid("'twice(int)'::regprocedure"), Unpooled.copyInt(21));
        client.run(1);
    }

    private static void copies(WireClient client) throws Exception {
        FrontendMessages.query(client.out(), "COPY t(id, m) FROM STDIN");
        FrontendMessages.copyData(client.out(), text("20\thappy\n21\tsad\n"));
        FrontendMessages.copyDone(client.out());
        client.run(1);
        FrontendMessages.query(client.out(), "COPY t(id, m) FROM STDIN");
        FrontendMessages.copyData(client.out(), text("22\thappy\n"));
        FrontendMessages.copyFail(client.out(), "no more");
        client.run(1);
        client.query("COPY (SELECT * FROM t ORDER BY id) TO STDOUT");
        // arrays and composites of such types are left out: a line in binary is compared by its bytes, and is uncovered
        client.query("COPY (SELECT id, m FROM t ORDER BY id) TO STDOUT (FORMAT binary)");
    }

    private static void largeObjects(WireClient client) throws Exception {
        client.query("BEGIN");
        function(client, CREATED, Unpooled.copyInt(777_777));
        client.run(1);
        client.query("SELECT lo_put(777777, 0, 'large'), lo_get(777777)");
        client.query("SELECT lo_unlink(777777)");
        client.query("COMMIT");
    }

    private void cancelled(WireClient client) throws Exception {
        FrontendMessages.query(client.out(), "INSERT INTO t VALUES (30, 'ok'); COMMIT; SELECT pg_sleep(20)");
        client.flush();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> number("SELECT count(*) FROM pg_stat_activity" + " WHERE wait_event = 'PgSleep' AND pid = "
                                + client.pid())
                        == 1);
        client.cancel();
        assertThat(client.run(1)).contains("57014");
    }

    private static void function(WireClient client, int function, ByteBuf argument) {
        ByteBuf out = client.out();
        out.writeByte('F').writeInt(4 + 4 + 2 + 2 + 2 + 4 + argument.readableBytes() + 2);
        out.writeInt(function).writeShort(1).writeShort(1).writeShort(1).writeInt(argument.readableBytes());
        out.writeBytes(argument).writeShort(1);
    }

    private static ByteBuf text(String value) {
        return Unpooled.copiedBuffer(value, StandardCharsets.UTF_8);
    }

    private static ByteBuf array(int element, ByteBuf member) {
        return Unpooled.buffer()
                .writeInt(1)
                .writeInt(0)
                .writeInt(element)
                .writeInt(1)
                .writeInt(1)
                .writeInt(member.readableBytes())
                .writeBytes(member);
    }

    private int oid(String expression) throws Exception {
        return (int) number("SELECT (" + expression + ")::oid::int8");
    }

    private long number(String sql) throws Exception {
        try (Connection connection = server.connect(production);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private JsonNode rehearse(String capture, String control, String candidate, String order) throws Exception {
        String name = LabServers.uniqueName("protocol_run");
        CommandLineRun replay = run(
                "replay",
                "--capture",
                capture,
                "--run",
                name,
                "--target",
                uri(candidate),
                "--control",
                uri(control),
                "--order",
                order,
                "--speed",
                "max");
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        Path out = folder.resolve("report-" + name);
        run("diff", "--run", name, "--report", out.toString());
        return JSON.readTree(out.resolve("report.json").toFile());
    }

    private String uri(String database) {
        return "postgres://postgres@127.0.0.1:" + server.port() + "/" + database;
    }

    private static Map<String, String> kafka() {
        return Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers());
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(
                Map.of("UNDERSTUDY_BOOTSTRAP_SERVER", LabServers.kafka().bootstrapServers()), folder, args);
    }
}
