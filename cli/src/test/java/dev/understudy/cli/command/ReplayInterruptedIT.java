package dev.understudy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.capture.CaptureAgent;
import dev.understudy.capture.CaptureConfig;
import dev.understudy.cli.CommandLineRun;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.Understudy;
import dev.understudy.lab.LabServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ^C} in the middle of a replay, as a terminal sends it: to a process of its own. */
class ReplayInterruptedIT {
    private static final int EXCHANGES = 200;
    private static final int SOME_DONE = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    @Test
    void itStopsAndLeavesAPartialRunThatADiffReads() throws Exception {
        String capture = LabServers.uniqueName("interrupted");
        String production = LabServers.freshDatabase();
        String copy = LabServers.uniqueName("copy");
        LabServers.postgres().execute(production, "CREATE TABLE t(id int); INSERT INTO t VALUES (1)");
        LabServers.postgres().copyDatabase(production, copy);
        record(capture, production);
        assertThat(run("mark", "--target", uri(copy)).exitCode()).isZero();

        // some 0.2 s of traffic, stretched to minutes
        Process process = replay(capture, copy);
        JsonNode progress;
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            progress = JSON.readTree(firstJson(err));
            interrupt(process);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(process.exitValue()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(progress.at("/command").asText()).isEqualTo("replay");
        assertThat(progress.at("/done").asLong()).isPositive().isLessThan(EXCHANGES);
        assertThat(progress.at("/total").asLong()).isGreaterThanOrEqualTo(EXCHANGES);
        assertThat(progress.has("lagMillis") && progress.has("lagP99Millis") && progress.has("etaSeconds"))
                .isTrue();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines().toList())
                    .anyMatch(line -> line.contains("ENDED EARLY"))
                    .anyMatch(line -> line.equals("the sum closes"));
        }
        CommandLineRun diff =
                run("diff", "--run", capture, "--report", home.resolve("report").toString());
        assertThat(diff.exitCode()).as(diff.out() + diff.err()).isEqualTo(ExitCode.INCONCLUSIVE);
        JsonNode ledger =
                JSON.readTree(home.resolve("report/report.json").toFile()).at("/ledger");
        assertThat(ledger.at("/pending").asLong()).isPositive();
        assertThat(ledger.at("/compared").asLong()).isPositive();
        assertThat(ledger.at("/compared").asLong()
                        + ledger.at("/notComparable").asLong()
                        + ledger.at("/pending").asLong())
                .isEqualTo(ledger.at("/exchanges").asLong());
    }

    @Test
    void theSessionsOfAKilledShareAreNamed() throws Exception {
        String capture = LabServers.uniqueName("shared");
        String production = LabServers.freshDatabase();
        String copy = LabServers.uniqueName("copy");
        LabServers.postgres().execute(production, "CREATE TABLE t(id int); INSERT INTO t VALUES (1)");
        LabServers.postgres().copyDatabase(production, copy);
        record(capture, production);
        assertThat(run("mark", "--target", uri(copy)).exitCode()).isZero();

        Process killed = replay(capture, copy, "--order", "session", "--share", "1/1");
        try (BufferedReader err = killed.errorReader(StandardCharsets.UTF_8)) {
            firstJson(err);
            killed.toHandle().destroyForcibly();
            assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        CommandLineRun audit = run("audit", "--capture", capture, "--runs", capture);

        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(audit.out())
                .contains("DOES NOT CLOSE")
                .containsPattern("session 1\\.\\d+: [\\d,]+ exchanges without");
        CommandLineRun again = run(
                "replay",
                "--capture",
                capture,
                "--run",
                capture + "-again",
                "--target",
                uri(copy),
                "--order",
                "session");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(run("audit", "--capture", capture, "--runs", capture + "-again")
                        .out())
                .contains("without 0: closes");
        assertThat(run("audit", "--capture", capture, "--runs", capture + "," + capture + "-again")
                        .out())
                .as("and some have two now")
                .contains("outcomes too many: DOES NOT CLOSE");
    }

    private static String firstJson(BufferedReader err) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            // until some are done long enough ago to be in Kafka
            if (line.startsWith("{") && JSON.readTree(line).at("/done").asLong() >= SOME_DONE) {
                return line;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("no progress: " + said);
    }

    /** By SIGTERM, which is handled as SIGINT is: a shell's background jobs ignore SIGINT, and so would this process. */
    private static void interrupt(Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private void record(String capture, String database) throws Exception {
        CaptureConfig config = CaptureConfig.defaults(
                capture,
                "127.0.0.1",
                0,
                LabServers.postgres().connectionInfo(database),
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()),
                home);
        try (CaptureAgent agent = CaptureAgent.start(config)) {
            String url = "jdbc:postgresql://127.0.0.1:" + agent.boundPort() + "/" + database + "?sslmode=disable";
            try (Connection client = DriverManager.getConnection(url, "postgres", "");
                    Statement statement = client.createStatement()) {
                for (int i = 0; i < EXCHANGES; i++) {
                    statement.execute("SELECT id + " + i + " FROM t");
                }
            }
        }
    }

    private Process replay(String capture, String copy, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Understudy.class.getName(),
                "replay",
                "--capture",
                capture,
                "--run",
                capture,
                "--target",
                uri(copy),
                "--speed",
                "0.001",
                "--bootstrap-server",
                LabServers.kafka().bootstrapServers(),
                "--data-dir",
                home.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).start();
        process.onExit().orTimeout(100, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        return process;
    }

    private static String uri(String database) {
        return "postgres://postgres@127.0.0.1:" + LabServers.postgres().port() + "/" + database;
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(
                Map.of("UNDERSTUDY_BOOTSTRAP_SERVER", LabServers.kafka().bootstrapServers()), home, args);
    }
}
