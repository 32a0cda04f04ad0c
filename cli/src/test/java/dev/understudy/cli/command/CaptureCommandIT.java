package dev.understudy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, as scripts run it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureCommandIT {
    private static final Pattern LISTENING =
            Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+) → postgres@127\\.0\\.0\\.1:\\d+/\\S+, capture (\\S+)");

    @TempDir
    Path home;

    @Test
    void itListensRecordsAndEndsWellOnSigterm() throws Exception {
        String capture = LabServers.uniqueName("as-process");
        String database = LabServers.freshDatabase();
        Process process = start(capture, database);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            Matcher listening = LISTENING.matcher(String.valueOf(out.readLine()));
            assertThat(listening.matches()).isTrue();
            assertThat(listening.group(2)).isEqualTo(capture);
            String url = "jdbc:postgresql://127.0.0.1:" + listening.group(1) + "/" + database + "?sslmode=disable";
            try (Connection client = DriverManager.getConnection(url, "postgres", "")) {
                client.createStatement().execute("CREATE TABLE t AS SELECT 1 AS a");
            }

            // Not Process.destroy, which closes the streams too.
            process.toHandle().destroy();

            List<String> rest = out.lines().toList();
            assertThat(process.waitFor()).isZero();
            assertThat(rest)
                    .last()
                    .asString()
                    .startsWith("capture " + capture + " ended: forwarded ")
                    .contains("all in Kafka");
        }

        CommandLineRun audit = CommandLineRun.of(
                Map.of("UNDERSTUDY_BOOTSTRAP_SERVER", LabServers.kafka().bootstrapServers()),
                home,
                "audit",
                "--capture",
                capture);
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isEqualTo(ExitCode.OK);
        assertThat(audit.out()).contains("closes").doesNotContain("closing ledger");
    }

    @Test
    void aKilledAgentLeavesATraceWhoseAuditSaysSo() throws Exception {
        String capture = LabServers.uniqueName("killed");
        String database = LabServers.freshDatabase();
        Process process = start(capture, database);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("listening on");
            process.destroyForcibly();
            process.waitFor();
        }

        Process again = start(capture, database);
        try (BufferedReader out = again.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("listening on");
            again.toHandle().destroy();
            assertThat(again.waitFor()).isZero();
        }
    }

    @Test
    void aFirstStartNeedsKafkaAndALaterOneGoesOnWithoutIt() throws Exception {
        String capture = LabServers.uniqueName("without-kafka");
        String nowhere = "127.0.0.1:1";
        Process first = start(capture + "-ever", "postgres", "127.0.0.1:0", nowhere);

        endWell(start(capture, "postgres"));
        endWell(start(capture, "postgres", "127.0.0.1:0", nowhere));

        assertThat(first.waitFor()).isEqualTo(ExitCode.UNREACHABLE);
    }

    private static void endWell(Process process) throws Exception {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("listening on");
            process.toHandle().destroy();
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void aTakenPortIsSaid() throws Exception {
        Process process =
                start("taken", "postgres", "127.0.0.1:" + LabServers.postgres().port());
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            List<String> lines = err.lines().toList();
            assertThat(process.waitFor()).isNotZero().isLessThan(ExitCode.SOFTWARE);
            assertThat(lines)
                    .anyMatch(line ->
                            line.contains(Integer.toString(LabServers.postgres().port())));
        }
    }

    private Process start(String capture, String database) throws IOException {
        return start(capture, database, "127.0.0.1:0");
    }

    private Process start(String capture, String database, String listen) throws IOException {
        return start(capture, database, listen, LabServers.kafka().bootstrapServers());
    }

    private Process start(String capture, String database, String listen, String kafka) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Understudy.class.getName(),
                "capture",
                "--capture",
                capture,
                "--listen",
                listen,
                "--upstream",
                "postgres://postgres@127.0.0.1:" + LabServers.postgres().port() + "/" + database,
                "--bootstrap-server",
                kafka,
                "--drain-seconds",
                "3",
                "--data-dir",
                home.toString()));
        Process process = new ProcessBuilder(command).start();
        process.onExit().orTimeout(100, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        return process;
    }
}
