package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.capture.CaptureAgent;
import dev.understudy.capture.CaptureConfig;
import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.lab.shop.Shop;
import dev.understudy.lab.shop.ShopTraffic;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path on real servers: traffic through the agent, replay on copies, and what the verdict says of each. */
class SpineIT {
    private static final long SEED = 11;
    private static final String CAPTURE = "spine";
    private static final String BEFORE = "spine_before";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static EmbeddedDatabase server;
    private static JsonNode untouched;

    @BeforeAll
    static void captureTheShopsTraffic() throws Exception {
        server = LabServers.postgres();
        String production = "spine_production";
        server.createDatabase(production);
        try (Connection connection = server.connect(production)) {
            Shop.create(connection, SEED);
        }
        server.copyDatabase(production, BEFORE);
        CaptureConfig config = CaptureConfig.defaults(
                CAPTURE,
                "127.0.0.1",
                0,
                server.connectionInfo(production),
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()),
                folder);
        try (CaptureAgent agent = CaptureAgent.start(config)) {
            ShopTraffic.run("127.0.0.1", agent.boundPort(), production, SEED, 25);
        }
        CommandLineRun audit = run("audit", "--capture", CAPTURE);
        assertThat(audit.out()).contains("closes");
        assertThat(audit.exitCode()).isZero();
    }

    @Test
    void withoutAControlNothingIsGoAndEveryExchangeIsAccountedFor() throws Exception {
        JsonNode report = onAnUntouchedCopy();

        assertThat(gates(report)).containsExactly("state.not_compared");
        assertThat(report.at("/reasons/0/text").asText()).contains("no control arm");
        JsonNode ledger = report.at("/ledger");
        long sum = 0;
        for (String part :
                new String[] {"compared", "notComparable", "filtered", "tainted", "raced", "forced", "gap", "pending"
                }) {
            sum += ledger.at("/" + part).asLong();
        }
        assertThat(sum).isEqualTo(ledger.at("/exchanges").asLong()).isGreaterThan(500);
        assertThat(ledger.at("/compared").asLong())
                .isGreaterThanOrEqualTo(ledger.at("/carryingData").asLong() * 99 / 100);
        assertThat(report.at("/groups"))
                .noneMatch(g -> g.at("/disposition").asText().equals("unexpected"));
    }

    @Test
    void aPlantedChangeIsNoGoAndNamed() throws Exception {
        String target = copy("spine_planted");
        server.execute(target, Shop.migration());

        JsonNode report = rehearse("planted", target, ExitCode.NO_GO);

        assertThat(report.at("/verdict").asText()).isEqualTo("NO-GO");
        JsonNode first = report.at("/groups/0");
        assertThat(first.at("/path").asText() + first.at("/sql").asText()).contains("total");
        assertThat(first.at("/disposition").asText()).isEqualTo("unexpected");
        assertThat(first.at("/severity").asText()).isEqualTo("blocker");
    }

    @Test
    void theCorrectedMigrationIsGoWithAControl() throws Exception {
        String control = copy("spine_control");
        String target = copy("spine_fixed");
        mark(control);
        mark(target);
        server.execute(target, Shop.fixedMigration());

        JsonNode report = rehearse("fixed", target, ExitCode.OK, "--control", uri(control));

        assertThat(report.at("/verdict").asText()).isEqualTo("GO");
        assertThat(report.at("/parity/stateEstablished").asBoolean())
                .as("by the marks")
                .isTrue();
        assertThat(report.at("/footprint"))
                .isNotEmpty()
                .allMatch(item -> item.at("/exercised/enough").asBoolean());
    }

    @Test
    void copiesThatWereNotEqualBeforeTheMigrationAreAWrongCopy() throws Exception {
        String control = copy("spine_control_of_wrong");
        String target = copy("spine_wrong");
        server.execute(target, "DELETE FROM order_items WHERE ctid = (SELECT min(ctid) FROM order_items)");
        mark(control);
        mark(target);
        server.execute(target, Shop.fixedMigration());

        JsonNode report = rehearse("wrong", target, ExitCode.INCONCLUSIVE, "--control", uri(control));

        assertThat(report.at("/reasons/0/text").asText()).contains("WRONG_COPY");
        assertThat(report.at("/groups"))
                .noneMatch(group -> group.at("/disposition").asText().equals("unexpected"));
    }

    @Test
    void anEmptyCopyIsNeverGo() throws Exception {
        server.createDatabase("spine_empty");

        assertThat(rehearse("empty", "spine_empty", -1).at("/verdict").asText()).isIn("NO-GO", "INCONCLUSIVE");
    }

    @Test
    void aCopyWithoutRowsIsNeverGo() throws Exception {
        String target = copy("spine_norows");
        server.execute(target, "TRUNCATE customers, products, orders, order_items, payments, deliveries");

        assertThat(rehearse("norows", target, -1).at("/verdict").asText()).isIn("NO-GO", "INCONCLUSIVE");
    }

    @Test
    void aCopyWithOneTableMissingIsNeverGo() throws Exception {
        String target = copy("spine_missing");
        server.execute(target, "DROP TABLE payments");

        assertThat(rehearse("missing", target, -1).at("/verdict").asText()).isIn("NO-GO", "INCONCLUSIVE");
    }

    @Test
    void anUnmarkedTargetIsRefusedAndLeftAlone() throws Exception {
        String target = copy("spine_unmarked");
        Shop.Damage before = damage(target);

        CommandLineRun replay = replay("unmarked", target);

        assertThat(replay.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(replay.err()).contains("rule=");
        assertThat(damage(target)).isEqualTo(before);
        assertThat(run("runs").out()).doesNotContain("unmarked");
    }

    @Test
    void theCapturedDatabaseIsRefusedEvenIfMarked() throws Exception {
        mark("spine_production");

        CommandLineRun replay = replay("onto-production", "spine_production");

        assertThat(replay.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void theSameRunGivesTheSameReportByteForByte() throws Exception {
        onAnUntouchedCopy();

        for (String out : new String[] {"one", "two"}) {
            CommandLineRun report =
                    run("report", "--run", "same", "-o", folder.resolve(out).toString());
            assertThat(report.exitCode()).isZero();
        }

        for (String file : new String[] {"report.json", "report.md"}) {
            assertThat(folder.resolve("one").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("two").resolve(file));
        }
        assertThat(run("captures").out()).contains(CAPTURE);
        assertThat(run("runs").out()).contains("same", "complete");
    }

    @Test
    void anUntouchedCopyBesideAControlIsNotMigrated() throws Exception {
        String control = copy("spine_same_control");
        mark(control);

        JsonNode report =
                rehearse("unmigrated", copy("spine_unmigrated"), ExitCode.INCONCLUSIVE, "--control", uri(control));

        assertThat(report.at("/reasons/0/text").asText()).contains("NOT_MIGRATED");
    }

    /** The report of a run that two tests look at; whichever comes first makes it. */
    private static JsonNode onAnUntouchedCopy() throws Exception {
        if (untouched == null) {
            untouched = rehearse("same", copy("spine_same"), ExitCode.INCONCLUSIVE);
        }
        return untouched;
    }

    private static List<String> gates(JsonNode report) {
        return report.at("/reasons").findValuesAsText("gate");
    }

    /** Marks, replays and compares; the exit code is that of the diff, -1 for any but GO. */
    private static JsonNode rehearse(String name, String target, int exitCode, String... more) throws IOException {
        mark(target);
        CommandLineRun replay = replay(name, target, more);
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.out()).contains("the sum closes");
        Path out = folder.resolve("report-" + name);

        CommandLineRun diff = run("diff", "--run", name, "--report", out.toString());

        JsonNode report = JSON.readTree(out.resolve("report.json").toFile());
        String all = diff.out() + diff.err() + report.toPrettyString();
        if (exitCode < 0) {
            assertThat(diff.exitCode()).as(all).isIn(ExitCode.NO_GO, ExitCode.INCONCLUSIVE);
        } else {
            assertThat(diff.exitCode()).as(all).isEqualTo(exitCode);
        }
        return report;
    }

    private static CommandLineRun replay(String name, String target, String... more) {
        String[] args = {"replay", "--capture", CAPTURE, "--run", name, "--target", uri(target)};
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return run(all);
    }

    private static void mark(String database) {
        CommandLineRun mark = run("mark", "--target", uri(database));
        assertThat(mark.exitCode()).as(mark.err()).isZero();
    }

    private static String copy(String name) throws SQLException {
        server.copyDatabase(BEFORE, name);
        return name;
    }

    private static Shop.Damage damage(String database) throws SQLException {
        try (Connection before = server.connect(BEFORE);
                Connection after = server.connect(database)) {
            return Shop.damage(before, after);
        }
    }

    private static String uri(String database) {
        return "postgres://postgres@127.0.0.1:" + server.port() + "/" + database;
    }

    private static CommandLineRun run(String... args) {
        return CommandLineRun.of(
                Map.of("UNDERSTUDY_BOOTSTRAP_SERVER", LabServers.kafka().bootstrapServers()), folder, args);
    }
}
