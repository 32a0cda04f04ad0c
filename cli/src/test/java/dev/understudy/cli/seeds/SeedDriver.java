package dev.understudy.cli.seeds;

import dev.understudy.capture.CaptureAgent;
import dev.understudy.capture.CaptureConfig;
import dev.understudy.capture.CaptureLimits;
import dev.understudy.diff.Diff;
import dev.understudy.diff.DiffConfig;
import dev.understudy.diff.DiffListener;
import dev.understudy.diff.report.Report;
import dev.understudy.diff.source.RunSums;
import dev.understudy.diff.state.WholeTables;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.lab.seeds.Scenario;
import dev.understudy.lab.seeds.Setup;
import dev.understudy.lab.seeds.Truth;
import dev.understudy.lab.seeds.WorkloadRunner;
import dev.understudy.replay.Replay;
import dev.understudy.replay.ReplayConfig;
import dev.understudy.replay.ReplayListener;
import dev.understudy.replay.safety.CopyMark;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunFacts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * Takes one seed the whole way: production through the agent, two copies that are marked before the migration, replay,
 * comparison; and asks the oracle.
 */
final class SeedDriver {
    private static final Duration FLUSH = Duration.ofMillis(20);

    private final EmbeddedDatabase server;
    private final Map<String, String> kafka;
    private final Admin admin;
    private final Path folder;

    /**
     * What came of a seed, and what is true of it.
     *
     * @param truth in what the copies differ before the replay
     * @param after in what they differ after it
     */
    record Outcome(
            Scenario scenario,
            Truth truth,
            Truth after,
            Report report,
            RunFacts facts,
            long millis,
            List<String> phases) {}

    SeedDriver(EmbeddedDatabase server, Map<String, String> kafka, Admin admin, Path folder) throws SQLException {
        this.server = server;
        this.kafka = kafka;
        this.admin = admin;
        this.folder = folder;
        server.execute("postgres", Scenario.role());
    }

    Outcome run(long seed, boolean keep) throws Exception {
        long began = System.nanoTime();
        List<String> phases = new ArrayList<>();
        Scenario scenario = Scenario.of(seed);
        String name = "seed" + seed;
        String old = name + "_old";
        String migrated = name + "_new";
        boolean swapped = scenario.setup() == Setup.CONTROL_AS_TARGET;
        String control = swapped ? migrated : old;
        String candidate = swapped ? old : migrated;
        List<String> databases = List.of(name, old, migrated);
        try {
            databases(scenario, name, old, migrated);
            Truth truth = truth(scenario, control, candidate);
            phases.add("databases " + since(began));
            capture(scenario, name);
            phases.add("capture " + since(began));
            RunEnd end = Replay.run(
                    ReplayConfig.of(name, name, server.connectionInfo(candidate), kafka)
                            .withControl(server.connectionInfo(control))
                            .withComparer(new WholeTables()),
                    ReplayListener.NONE);
            Truth after = truth(scenario, control, candidate);
            phases.add("replay " + since(began));
            Report report = Diff.run(new DiffConfig(name, null, kafka), DiffListener.NONE);
            phases.add("diff " + since(began) + " exchanges " + end.exchanges());
            return new Outcome(scenario, truth, after, report, facts(name), since(began), phases);
        } finally {
            if (!keep) {
                for (String database : databases) {
                    server.dropDatabase(database);
                }
                admin.deleteTopics(List.of(
                        TopicNames.trace(name),
                        TopicNames.outcomes(name),
                        TopicNames.control(name),
                        TopicNames.summary(name)));
            }
        }
    }

    private RunFacts facts(String run) {
        return RunSums.open(run, kafka).facts();
    }

    private void databases(Scenario scenario, String name, String control, String candidate) throws SQLException {
        server.createDatabase(name);
        try (Connection connection = server.connect(name)) {
            scenario.create(connection);
        }
        server.copyDatabase(name, control);
        server.copyDatabase(name, candidate);
        if (scenario.setup() == Setup.WRONG_COPY) {
            server.execute(candidate, scenario.spoiling());
        }
        for (String arm : List.of(control, candidate)) {
            TargetMark.mark(server.connectionInfo(arm), Optional.empty());
            CopyMark.take(server.connectionInfo(arm), false, System.currentTimeMillis() * 1_000);
        }
        if (scenario.setup() == Setup.WRONG_CONTROL) {
            server.execute(control, scenario.spoiling());
        }
        if (scenario.setup() != Setup.NOT_MIGRATED) {
            try (Connection connection = server.connect(candidate)) {
                scenario.migrate(connection);
            }
        }
    }

    private Truth truth(Scenario scenario, String control, String candidate) throws Exception {
        try (Connection left = server.connect(control);
                Connection right = server.connect(candidate)) {
            return scenario.truth(left, right);
        }
    }

    private void capture(Scenario scenario, String name) throws Exception {
        CaptureConfig config = CaptureConfig.defaults(name, "127.0.0.1", 0, server.connectionInfo(name), kafka, folder)
                .withLimits(CaptureLimits.defaults().withFlushInterval(FLUSH));
        try (CaptureAgent agent = CaptureAgent.start(config)) {
            new WorkloadRunner(scenario.workload(), "jdbc:postgresql://127.0.0.1:" + agent.boundPort() + "/" + name)
                    .run(scenario.seed());
        }
    }

    private static long since(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }
}
