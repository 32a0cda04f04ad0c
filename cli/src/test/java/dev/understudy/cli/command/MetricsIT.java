package dev.understudy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.capture.CaptureAgent;
import dev.understudy.capture.CaptureConfig;
import dev.understudy.cli.CommandLineRun;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.metrics.MetricsPage;
import dev.understudy.cli.metrics.PrometheusText;
import dev.understudy.cli.metrics.PrometheusText.Family;
import dev.understudy.cli.target.Surroundings;
import dev.understudy.lab.LabServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scrape shows of a replay and of a capture while they go on, over real sockets. */
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern WHERE = Pattern.compile("metrics on (http://127\\.0\\.0\\.1:\\d+)/metrics");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int READS = 20;

    @TempDir
    Path home;

    @Test
    void aReplayShowsHowFarItIsWhileItWaitsForARow() throws Exception {
        String capture = LabServers.uniqueName("measured");
        String production = LabServers.freshDatabase();
        String copy = LabServers.uniqueName("copy");
        LabServers.postgres().execute(production, "CREATE TABLE t(id int, n int); INSERT INTO t VALUES (1, 1)");
        LabServers.postgres().copyDatabase(production, copy);
        // what the copy answers otherwise once
        LabServers.postgres().execute(copy, "CREATE TABLE only_here()");
        record(capture, production);
        assertThat(run("mark", "--target", uri(copy)).exitCode()).isZero();

        try (Connection holder =
                DriverManager.getConnection(jdbc(LabServers.postgres().port(), copy))) {
            holder.setAutoCommit(false);
            try (Statement lock = holder.createStatement()) {
                lock.execute("UPDATE t SET n = n WHERE id = 1");
            }
            Started replay = start(replay(capture, copy, "--metrics", "127.0.0.1:0"));
            Map<String, Family> held = await().atMost(PATIENCE)
                    .until(
                            () -> scrape(replay),
                            m -> done(m) >= READS + 1
                                    && value(m, "in_flight") >= 1
                                    && value(m, "outcome_batches_total") >= 1);

            assertThat(MetricsPage.served(held, "understudy_")).isEqualTo(MetricsPage.rows("understudy_replay_"));
            assertThat(held).containsKeys("jvm_memory_used_bytes", "process_uptime_seconds");
            assertThat(held.get("understudy_replay_phase").value("phase", "replaying"))
                    .isEqualTo(1);
            assertThat(held.get("understudy_replay_run_info").value("capture", capture, "run", capture))
                    .isEqualTo(1);
            assertThat(held.get("understudy_replay_exchanges_total").value("disposition", "compared"))
                    .isGreaterThanOrEqualTo(READS);
            assertThat(value(held, "differing_total")).isEqualTo(1);
            assertThat(held.get("understudy_replay_answer_seconds").value("arm", "candidate"))
                    .as("an answer for each that was compared")
                    .isGreaterThanOrEqualTo(READS);
            assertThat(value(held, "schedule_lag_seconds")).isEqualTo(done(held));
            assertThat(value(held, "trace_exchanges")).isGreaterThan(done(held));
            assertThat(value(held, "window_bytes")).isPositive();
            assertThat(value(held, "window_limit_bytes")).isGreaterThan(value(held, "window_bytes"));
            assertThat(value(held, "outcome_written_bytes_total")).isPositive();
            assertThat(value(held, "outcome_errors_total")).isZero();
            assertThat(value(held, "trace_position_timestamp_seconds"))
                    .isBetween(System.currentTimeMillis() / 1e3 - 600, System.currentTimeMillis() / 1e3);
            assertThat(get(replay.where(), "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(replay.where(), "/health/ready").statusCode()).isEqualTo(200);
            holder.rollback();

            assertThat(replay.exit().get()).as(replay.err().toString()).isEqualTo(ExitCode.OK);
            assertThat(replay.out().toString()).contains("the sum closes");
            assertThat(listens(replay.where())).as("after the end").isFalse();
        }
    }

    @Test
    void anAddressInUseIsNamedAndNothingIsSent() throws Exception {
        String capture = LabServers.uniqueName("unmeasured");
        String production = LabServers.freshDatabase();
        String copy = LabServers.uniqueName("copy");
        LabServers.postgres().execute(production, "CREATE TABLE t(id int, n int); INSERT INTO t VALUES (1, 1)");
        LabServers.postgres().copyDatabase(production, copy);
        record(capture, production);
        assertThat(run("mark", "--target", uri(copy)).exitCode()).isZero();

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CommandLineRun refused = run(replay(capture, copy, "--metrics", ":" + taken.getLocalPort()));

            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err())
                    .contains("metrics=127.0.0.1:" + taken.getLocalPort() + ": cannot listen")
                    .contains("a free port");
        }
        CommandLineRun again = run(replay(capture, copy));
        assertThat(again.exitCode())
                .as("the run's name is still free: " + again.err())
                .isZero();
    }

    @Test
    void aCaptureShowsItsLedger() throws Exception {
        String capture = LabServers.uniqueName("watched");
        String database = LabServers.freshDatabase();
        Started agent = start(
                "capture",
                "--capture",
                capture,
                "--listen",
                "127.0.0.1:0",
                "--upstream",
                uri(database),
                "--metrics",
                ":0");
        Matcher listening = await().atMost(PATIENCE)
                .until(
                        () -> Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)")
                                .matcher(agent.out().toString()),
                        Matcher::find);
        try (Connection client = DriverManager.getConnection(jdbc(Integer.parseInt(listening.group(1)), database));
                Statement statement = client.createStatement()) {
            for (int i = 0; i < READS; i++) {
                statement.execute("SELECT " + i);
            }
            Map<String, Family> shown = await().atMost(PATIENCE)
                    .until(
                            () -> scrape(agent),
                            m -> m.get("understudy_capture_exchanges_total").value("outcome", "recorded") >= READS);

            assertThat(MetricsPage.served(shown, "understudy_")).isEqualTo(MetricsPage.rows("understudy_capture_"));
            assertThat(shown.get("understudy_capture_sessions").value()).isEqualTo(1);
            assertThat(shown.get("understudy_capture_exchanges_total").value("outcome", "lost"))
                    .isZero();
            assertThat(shown.get("understudy_capture_spool_limit_bytes").value())
                    .isGreaterThan(shown.get("understudy_capture_spool_bytes").value());
            assertThat(get(agent.where(), "/health/ready").body()).contains("\"capturing\"");
        }
        agent.thread().interrupt();
        assertThat(agent.exit().get()).isNotZero();
    }

    private record Started(Thread thread, CompletableFuture<Integer> exit, StringWriter out, StringWriter err) {
        String where() {
            Matcher where = await().atMost(PATIENCE)
                    .until(() -> WHERE.matcher(err.toString()), found -> found.find() || exit.isDone());
            assertThat(where.find(0)).as(err.toString()).isTrue();
            return where.group(1);
        }
    }

    private Started start(String... args) {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Context context = new Context(
                new Surroundings(kafka(), home, "me"),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                Clock.systemUTC(),
                () -> false);
        Thread thread = new Thread(() -> exit.complete(CommandLineRun.in(context, args)), "command");
        thread.start();
        return new Started(thread, exit, out, err);
    }

    private static Map<String, Family> scrape(Started command) throws Exception {
        String where = command.where();
        assertThat(command.exit().isDone()).as(command.err().toString()).isFalse();
        return PrometheusText.parse(get(where, "/metrics").body());
    }

    private static HttpResponse<String> get(String where, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(where + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean listens(String where) throws Exception {
        try {
            get(where, "/health/live");
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static double value(Map<String, Family> families, String name) {
        return families.get("understudy_replay_" + name).value();
    }

    private static double done(Map<String, Family> families) {
        return families.get("understudy_replay_exchanges_total").samples().stream()
                .mapToDouble(PrometheusText.Sample::value)
                .sum();
    }

    private void record(String capture, String database) throws Exception {
        CaptureConfig config = CaptureConfig.defaults(
                capture,
                "127.0.0.1",
                0,
                LabServers.postgres().connectionInfo(database),
                Map.of("bootstrap.servers", LabServers.kafka().bootstrapServers()),
                home);
        try (CaptureAgent agent = CaptureAgent.start(config);
                Connection client = DriverManager.getConnection(jdbc(agent.boundPort(), database));
                Statement statement = client.createStatement()) {
            for (int i = 0; i < READS; i++) {
                statement.execute("SELECT id + " + i + " FROM t");
            }
            statement.execute("SELECT count(*) FROM pg_class WHERE relname = 'only_here'");
            statement.execute("UPDATE t SET n = n + 1 WHERE id = 1");
            statement.execute("SELECT n FROM t");
        }
    }

    private static String[] replay(String capture, String copy, String... more) {
        List<String> args =
                new ArrayList<>(List.of("replay", "--capture", capture, "--run", capture, "--target", uri(copy)));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private static String jdbc(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable&user=postgres";
    }

    private static String uri(String database) {
        return "postgres://postgres@127.0.0.1:" + LabServers.postgres().port() + "/" + database;
    }

    private static Map<String, String> kafka() {
        return Map.of("UNDERSTUDY_BOOTSTRAP_SERVER", LabServers.kafka().bootstrapServers());
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(kafka(), home, args);
    }
}
