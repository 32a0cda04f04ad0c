package dev.understudy.replay;

import static dev.understudy.replay.recorder.Frames.frames;

import dev.understudy.lab.kafka.EmbeddedKafka;
import dev.understudy.lab.kafka.KafkaBroker;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.recorder.RecordedClient;
import dev.understudy.replay.recorder.TraceRecorder;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.RunEnd;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Measures how fast a pgbench-like trace is replayed: run by hand, against a server that is already there.
 *
 * <pre>ReplayRates PORT [CLIENTS] [TRANSACTIONS PER CLIENT] [SCALE] [CHUNK BYTES]</pre>
 */
final class ReplayRates {
    private ReplayRates() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int clients = args.length > 1 ? Integer.parseInt(args[1]) : 8;
        int transactions = args.length > 2 ? Integer.parseInt(args[2]) : 2000;
        int scale = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        int chunkBytes = args.length > 4 ? Integer.parseInt(args[4]) : 512 << 10;
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&sslmode=disable";
        try (KafkaBroker kafka = EmbeddedKafka.startTemporary()) {
            execute(url, "DROP DATABASE IF EXISTS prod WITH (FORCE)", "CREATE DATABASE prod");
            execute(
                    url.replace("/postgres?", "/prod?"),
                    "CREATE TABLE pgbench_accounts(aid int PRIMARY KEY, bid int, abalance int, filler char(84));"
                            + "CREATE TABLE pgbench_tellers(tid int PRIMARY KEY, bid int, tbalance int);"
                            + "CREATE TABLE pgbench_branches(bid int PRIMARY KEY, bbalance int);"
                            + "CREATE TABLE pgbench_history(tid int, bid int, aid int, delta int, mtime timestamp);"
                            + "INSERT INTO pgbench_accounts SELECT i, 1, 0, '' FROM generate_series(1, 100000 * "
                            + scale + ") i;"
                            + "INSERT INTO pgbench_tellers SELECT i, 1, 0 FROM generate_series(1, 10 * " + scale
                            + ") i; INSERT INTO pgbench_branches SELECT i, 0 FROM generate_series(1, " + scale
                            + ") i");
            ConnectionInfo target = new ConnectionInfo("127.0.0.1", port, "", "postgres", "", "disable", Map.of());
            copies(url, target);
            TraceRecorder recorder = new TraceRecorder("rates", 2, chunkBytes);
            try (Connection connection = DriverManager.getConnection(url.replace("/postgres?", "/prod?"))) {
                recorder.catalog(connection);
            }
            record(recorder, port, clients, transactions, scale);
            recorder.publish(kafka.bootstrapServers());
            for (int round = 0; round < Integer.getInteger("rounds", 2); round++) {
                for (Order order : List.of(Order.SERIAL, Order.SESSION)) {
                    copies(url, target);
                    ReplayConfig config = ReplayConfig.of(
                                    "rates",
                                    order.term() + round,
                                    target.withDatabase("copy"),
                                    Map.of("bootstrap.servers", kafka.bootstrapServers()))
                            .withOrder(order);
                    report(order, config, kafka);
                }
            }
            copies(url, target);
            execute(url, "DROP DATABASE IF EXISTS ctl WITH (FORCE)", "CREATE DATABASE ctl TEMPLATE prod0");
            TargetMark.mark(target.withDatabase("ctl"), Optional.empty());
            report(
                    Order.SERIAL,
                    ReplayConfig.of(
                                    "rates",
                                    "two",
                                    target.withDatabase("copy"),
                                    Map.of("bootstrap.servers", kafka.bootstrapServers()))
                            .withControl(target.withDatabase("ctl")),
                    kafka);
        }
        System.exit(0);
    }

    private static void report(Order order, ReplayConfig config, KafkaBroker kafka) {
        long start = System.nanoTime();
        RunEnd end = Replay.run(config, ReplayListener.NONE);
        double total = (System.nanoTime() - start) / 1e9;
        List<Outcome> outcomes = RunReader.outcomes(config.run(), kafka.bootstrapServers());
        long same = outcomes.stream()
                .filter(outcome -> outcome.answers().stream().allMatch(answer -> answer.sameAsRecorded()))
                .count();
        double latency = outcomes.stream()
                .flatMap(outcome -> outcome.answers().stream())
                .mapToLong(answer -> answer.latencyNanos())
                .average()
                .orElse(0);
        System.out.printf(
                "%s arms=%d exchanges=%d replay=%.2fs whole=%.2fs rate=%.0f/s same=%d moved=%d latency=%.0fus %s %s%n",
                order.term(),
                end.arms().size(),
                end.exchanges(),
                end.elapsedNanos() / 1e9,
                total,
                end.exchanges() * 1e9 / end.elapsedNanos(),
                same,
                end.moves(),
                latency / 1000,
                end.dispositions(),
                end.warnings());
    }

    private static void copies(String url, ConnectionInfo target) throws Exception {
        boolean first;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'prod0'")) {
            first = !rows.next();
        }
        if (first) {
            execute(url, "CREATE DATABASE prod0 TEMPLATE prod");
        }
        execute(url, "DROP DATABASE IF EXISTS copy WITH (FORCE)", "CREATE DATABASE copy TEMPLATE prod0");
        TargetMark.mark(target.withDatabase("copy"), Optional.empty());
    }

    private static void execute(String url, String... sqls) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : sqls) {
                statement.execute(sql);
            }
        }
    }

    private static void record(TraceRecorder recorder, int port, int clients, int transactions, int scale)
            throws Exception {
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            RecordedClient client = recorder.open("127.0.0.1", port, Map.of("user", "postgres", "database", "prod"));
            Random random = new Random(i);
            boolean prepared = i % 2 == 1;
            Thread thread = new Thread(() -> {
                try (client) {
                    run(client, random, transactions, scale, prepared);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf("recorded %d numbers in %.2fs%n", recorder.ticks(), (System.nanoTime() - start) / 1e9);
    }

    private static void run(RecordedClient client, Random random, int transactions, int scale, boolean prepared)
            throws Exception {
        if (prepared) {
            client.run(frames().parse("u", "UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2")
                    .sync()
                    .bytes());
        }
        for (int i = 0; i < transactions; i++) {
            String aid = Integer.toString(1 + random.nextInt(100_000 * scale));
            int tid = 1 + random.nextInt(10 * scale);
            int bid = 1 + random.nextInt(scale);
            int delta = random.nextInt(10_000) - 5000;
            client.query("BEGIN;");
            if (prepared) {
                client.run(frames().bind("u", Integer.toString(delta), aid)
                        .describePortal()
                        .execute()
                        .sync()
                        .bytes());
            } else {
                client.query("UPDATE pgbench_accounts SET abalance = abalance + " + delta + " WHERE aid = " + aid);
            }
            client.query("SELECT abalance FROM pgbench_accounts WHERE aid = " + aid);
            client.query("UPDATE pgbench_tellers SET tbalance = tbalance + " + delta + " WHERE tid = " + tid);
            client.query("UPDATE pgbench_branches SET bbalance = bbalance + " + delta + " WHERE bid = " + bid);
            client.run(Frames.simple("INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (" + tid + ", "
                    + bid + ", " + aid + ", " + delta + ", CURRENT_TIMESTAMP)"));
            client.query("END;");
        }
    }
}
