package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.understudy.lab.LabServers;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Async;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Cancel;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionStart;
import dev.understudy.trace.entry.Skip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sessions do and how they end, against a real server. */
class SessionIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path dataDir;

    private AgentUnderTest agent;

    @BeforeEach
    void start() throws SQLException {
        agent = AgentUnderTest.start(
                dataDir,
                config -> config.withLimits(config.limits()
                        .withDrainTimeout(Duration.ofSeconds(3))
                        .withFlushInterval(Duration.ofMillis(20))));
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    private static String sql(Exchange exchange) {
        return exchange.request().toString(StandardCharsets.UTF_8);
    }

    private static Exchange withSql(RecordedTrace trace, String part) {
        List<Exchange> found = trace.exchanges().stream()
                .filter(exchange -> sql(exchange).contains(part))
                .toList();
        assertThat(found).as(part).hasSize(1);
        return found.get(0);
    }

    private static SessionEnd endOf(RecordedTrace trace, Exchange exchange) {
        return trace.all(SessionEnd.class).stream()
                .filter(end -> end.session() == exchange.id().session())
                .findFirst()
                .orElseThrow();
    }

    private void awaitRunning(String part) {
        await().atMost(SOON).until(() -> running(part));
    }

    private boolean running(String part) throws SQLException {
        try (Connection connection = LabServers.postgres().connect(agent.database);
                Statement statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%"
                                + part + "%' AND pid <> pg_backend_pid()")) {
            return rows.next();
        }
    }

    @Test
    void sessionStartTellsWhoWhereAndHow() throws Exception {
        try (RawClient client = agent.login()) {
            client.query("SELECT 1");
            client.send(FrontendMessages::terminate);
            client.readToEnd();
        }
        RecordedTrace trace = agent.finish();
        SessionStart start = trace.all(SessionStart.class).get(0);
        assertThat(start.user()).isEqualTo("postgres");
        assertThat(start.database()).isEqualTo(agent.database);
        assertThat(start.protocol()).isEqualTo(3 << 16);
        assertThat(start.serverPid()).isPositive();
        assertThat(start.clientAddress()).startsWith("127.0.0.1:");
        assertThat(start.startup()).containsEntry("user", "postgres");
        assertThat(start.parameters()).containsKey("server_version");
        assertThat(start.sentAfter()).isLessThan(start.doneNo());
        Exchange exchange = withSql(trace, "SELECT 1");
        assertThat(exchange.id().ordinal()).isZero();
        assertThat(exchange.before()).isEqualTo(TransactionStatus.IDLE);
        assertThat(exchange.answer().tags()).containsExactly("SELECT 1");
        assertThat(exchange.answer().status()).isEqualTo(TransactionStatus.IDLE);
        SessionEnd end = endOf(trace, exchange);
        assertThat(end.reason()).isEqualTo(SessionEnd.Reason.TERMINATE);
        assertThat(end.exchanges()).isEqualTo(1);
    }

    @Test
    void transactionStatusGoesFromExchangeToExchange() throws Exception {
        try (RawClient client = agent.login()) {
            client.query("BEGIN /* 1 */").query("SELECT 1/0 /* 2 */").query("ROLLBACK /* 3 */");
        }
        RecordedTrace trace = agent.finish();
        assertThat(withSql(trace, "/* 1 */").answer().status()).isEqualTo(TransactionStatus.IN_TRANSACTION);
        assertThat(withSql(trace, "/* 2 */").before()).isEqualTo(TransactionStatus.IN_TRANSACTION);
        assertThat(withSql(trace, "/* 3 */").before()).isEqualTo(TransactionStatus.FAILED);
        assertThat(withSql(trace, "/* 3 */").answer().status()).isEqualTo(TransactionStatus.IDLE);
    }

    @Test
    void longExchangeIsInTheTraceBeforeItsAnswer() throws Exception {
        try (RawClient client = agent.login()) {
            client.send(out -> FrontendMessages.query(out, "SELECT pg_sleep(0.5) /* long */"));
            await().atMost(SOON).until(() -> begun() == 1);
            client.await('Z', 1);
        }
        RecordedTrace trace = agent.finish();
        Exchange exchange = withSql(trace, "/* long */");
        assertThat(exchange.answer().tags()).containsExactly("SELECT 1");
    }

    private long begun() {
        return agent.store.chunks().stream()
                .flatMap(List::stream)
                .flatMap(chunk -> chunk.entries().stream())
                .filter(Begun.class::isInstance)
                .count();
    }

    @Test
    void killedClientBreaksItsExchangeOff() throws Exception {
        RawClient client = agent.login();
        client.send(out -> FrontendMessages.query(out, "SELECT pg_sleep(30) /* killed */"));
        awaitRunning("/* killed */");
        client.reset();
        await().atMost(SOON).until(() -> agent.agent.ledger().sessions() == 0);
        RecordedTrace trace = agent.finish();
        Exchange exchange = withSql(trace, "/* killed */");
        assertThat(exchange.flags()).contains(ExchangeFlag.BROKEN_OFF);
        assertThat(exchange.answer().status()).isEqualTo(TransactionStatus.UNKNOWN);
        SessionEnd end = endOf(trace, exchange);
        assertThat(end.reason()).isEqualTo(SessionEnd.Reason.CLIENT_CLOSED);
        assertThat(end.doneNo()).isGreaterThan(exchange.doneNo());
    }

    @Test
    void killedBackendBreaksItsExchangeOff() throws Exception {
        try (RawClient client = agent.login()) {
            client.send(out -> FrontendMessages.query(out, "SELECT pg_sleep(30) /* terminated */"));
            awaitRunning("/* terminated */");
            LabServers.postgres()
                    .execute(
                            agent.database,
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%/* terminated */%'"
                                    + " AND pid <> pg_backend_pid()");
            client.readToEnd();
            assertThat(client.received.toString(StandardCharsets.UTF_8)).contains("57P01");
        }
        RecordedTrace trace = agent.finish();
        Exchange exchange = withSql(trace, "/* terminated */");
        assertThat(exchange.flags()).contains(ExchangeFlag.BROKEN_OFF);
        assertThat(exchange.answer().frames().toString(StandardCharsets.UTF_8)).contains("57P01");
        assertThat(endOf(trace, exchange).reason()).isEqualTo(SessionEnd.Reason.SERVER_CLOSED);
    }

    @Test
    void killedIdleBackendLeavesItsReason() throws Exception {
        try (RawClient client = agent.login()) {
            client.query("SELECT 'idle soon'");
            LabServers.postgres()
                    .execute(
                            agent.database,
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%idle soon%'"
                                    + " AND pid <> pg_backend_pid()");
            client.readToEnd();
        }
        RecordedTrace trace = agent.finish();
        assertThat(trace.all(Async.class)).hasSize(1);
        assertThat(trace.all(Async.class).get(0).frames().toString(StandardCharsets.UTF_8))
                .contains("57P01");
    }

    @Test
    void clientThatOnlyStopsSendingStillGetsItsAnswer() throws Exception {
        try (RawClient client = agent.login()) {
            client.send(out -> FrontendMessages.query(out, "SELECT 'last words'"));
            client.socket.shutdownOutput();
            assertThat(new String(client.readToEnd(), StandardCharsets.UTF_8)).contains("last words");
        }
        RecordedTrace trace = agent.finish();
        Exchange exchange = withSql(trace, "last words");
        assertThat(exchange.flags()).isEmpty();
        assertThat(endOf(trace, exchange).reason()).isEqualTo(SessionEnd.Reason.CLIENT_CLOSED);
    }

    @Test
    void cancelGoesThroughAndIsTold() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + agent.port() + "/" + agent.database;
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(
                    () -> assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(30) /* cancelled */"))
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("canceling statement"));
            awaitRunning("/* cancelled */");
            statement.cancel();
            running.get();
        }
        RecordedTrace trace = agent.finish();
        Exchange exchange = withSql(trace, "/* cancelled */");
        assertThat(exchange.flags()).contains(ExchangeFlag.CANCELLED);
        Cancel cancel = trace.all(Cancel.class).get(0);
        assertThat(cancel.targetSession()).isEqualTo(exchange.id().session());
        assertThat(cancel.sentAfter()).isLessThan(exchange.doneNo());
    }

    @Test
    void notificationsWhileIdleAreAsync() throws Exception {
        try (RawClient listener = agent.login();
                RawClient notifier = agent.login()) {
            listener.query("LISTEN ch");
            notifier.query("NOTIFY ch, 'hello there'");
            listener.await('A', 1);
        }
        RecordedTrace trace = agent.finish();
        Async async = trace.all(Async.class).get(0);
        FrameCursor frames = new FrameCursor(async.frames());
        assertThat(frames.next()).isTrue();
        assertThat(frames.type()).isEqualTo(BackendType.NOTIFICATION_RESPONSE);
        assertThat(async.session()).isEqualTo(withSql(trace, "LISTEN").id().session());
    }

    @Test
    void severalSyncsAreFlagged() throws Exception {
        try (RawClient client = agent.login()) {
            Scripts.all().get("copy in, extended, refused, both syncs answered").run(client);
        }
        RecordedTrace trace = agent.finish();
        assertThat(trace.exchanges()).hasSize(1);
        assertThat(trace.exchanges().get(0).flags()).contains(ExchangeFlag.SEVERAL_SYNCS);
    }

    @Test
    void garbageInsteadOfAStartupPacketIsRefused() throws Exception {
        for (byte[] garbage : List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8),
                new byte[] {0x16, 3, 1, 2, 0, 1},
                new byte[] {0, 0, 0, 3},
                new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 0})) {
            try (RawClient client = RawClient.unconnected(agent.port())) {
                client.write(garbage);
                assertThat(client.readToEnd()).isEmpty();
            }
        }
        try (RawClient client = agent.login()) {
            client.query("SELECT 'still here'");
        }
        assertThat(withSql(agent.finish(), "still here").flags()).isEmpty();
    }

    @Test
    void encryptionIsDeclinedThenTheSessionBegins() throws Exception {
        try (RawClient client = RawClient.unconnected(agent.port())) {
            client.write(new byte[] {0, 0, 0, 8, 4, (byte) 210, 22, 48});
            assertThat(client.socket.getInputStream().read()).isEqualTo('N');
            client.send(FrontendMessages::sslRequest);
            assertThat(client.socket.getInputStream().read()).isEqualTo('N');
            client.send(out -> FrontendMessages.startup(out, Map.of("user", "postgres", "database", agent.database)))
                    .await('Z', 1);
            client.query("SELECT 'plain'");
        }
        assertThat(withSql(agent.finish(), "plain").flags()).isEmpty();
    }

    @Test
    void queriesThatDoNotWaitForAuthenticationAreRecordedToo() throws Exception {
        try (RawClient client = RawClient.unconnected(agent.port())) {
            client.send(out -> {
                        FrontendMessages.startup(out, Map.of("user", "postgres", "database", agent.database));
                        FrontendMessages.query(out, "SELECT 'early bird'");
                        FrontendMessages.query(out, "SELECT 'second'");
                    })
                    .await('Z', 3);
        }
        RecordedTrace trace = agent.finish();
        assertThat(withSql(trace, "early bird").id().ordinal()).isZero();
        assertThat(withSql(trace, "second").id().ordinal()).isEqualTo(1);
    }

    @Test
    void unknownBytesMakeTheSessionOpaqueAndGoThrough() throws Exception {
        try (RawClient client = agent.login()) {
            client.query("SELECT 'known'");
            client.write(new byte[] {'~', 0, 0, 0, 4});
            client.readToEnd();
            assertThat(client.received.toString(StandardCharsets.UTF_8)).contains("08P01");
        }
        RecordedTrace trace = agent.finish();
        assertThat(withSql(trace, "known").flags()).isEmpty();
        Gap gap = trace.all(Gap.class).get(0);
        assertThat(gap.opaque()).isTrue();
        assertThat(gap.reason()).isEqualTo(Gap.Reason.UNKNOWN_BYTES);
        assertThat(agent.agent.ledger().opaque()).isEqualTo(1);
        assertThat(trace.all(SessionEnd.class)).hasSize(1);
    }

    @Test
    void replicationConnectionIsLeftOut() throws Exception {
        try (RawClient client = RawClient.unconnected(agent.port())) {
            client.send(out -> FrontendMessages.startup(
                            out, Map.of("user", "postgres", "database", agent.database, "replication", "database")))
                    .await('Z', 1);
            client.query("IDENTIFY_SYSTEM");
        }
        RecordedTrace trace = agent.finish();
        assertThat(trace.all(Skip.class)).hasSize(1);
        assertThat(trace.all(Skip.class).get(0).policy()).isEqualTo(Skip.Policy.REPLICATION);
        assertThat(trace.all(SessionStart.class)).isEmpty();
    }

    @Test
    void failedLoginIsRelayedAndNoSession() throws Exception {
        try (RawClient client = RawClient.unconnected(agent.port())) {
            client.send(out -> FrontendMessages.startup(out, Map.of("user", "postgres", "database", "there_is_none")));
            assertThat(new String(client.readToEnd(), StandardCharsets.UTF_8)).contains("3D000");
        }
        assertThat(agent.finish().all(SessionStart.class)).isEmpty();
    }

    @Test
    void unreachableServerIsSaidInTheProtocol() throws Exception {
        try (AgentUnderTest alone = AgentUnderTest.start(
                dataDir.resolve("alone"),
                config -> new CaptureConfig(
                        config.capture(),
                        config.listenHost(),
                        0,
                        new ConnectionInfo("127.0.0.1", 1, "db", "postgres", "", "disable", Map.of()),
                        config.kafka(),
                        config.dataDir(),
                        1,
                        config.limits(),
                        config.onFull()))) {
            try (RawClient client = RawClient.unconnected(alone.port())) {
                client.send(out -> FrontendMessages.startup(out, Map.of("user", "postgres")));
                assertThat(new String(client.readToEnd(), StandardCharsets.UTF_8))
                        .contains("08006");
            }
            alone.finish();
        }
    }

    @Test
    void closingAgentTellsIdleSessionsAndCutsBusyOnes() throws Exception {
        RawClient idle = agent.login();
        RawClient busy = agent.login();
        idle.query("SELECT 'idle'");
        busy.send(out -> FrontendMessages.query(out, "SELECT pg_sleep(30) /* busy */"));
        awaitRunning("/* busy */");
        RecordedTrace trace = agent.finish();
        assertThat(new String(idle.readToEnd(), StandardCharsets.UTF_8)).contains("57P01");
        assertThat(withSql(trace, "/* busy */").flags()).contains(ExchangeFlag.BROKEN_OFF);
        assertThat(trace.all(SessionEnd.class)).hasSize(2).allMatch(end -> end.reason() == SessionEnd.Reason.AGENT);
        idle.close();
        busy.close();
    }
}
