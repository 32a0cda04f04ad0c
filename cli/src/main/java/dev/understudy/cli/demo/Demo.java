package dev.understudy.cli.demo;

import dev.understudy.capture.CaptureAgent;
import dev.understudy.capture.CaptureConfig;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.output.Figures;
import dev.understudy.cli.output.ReportFiles;
import dev.understudy.cli.output.VerdictSummary;
import dev.understudy.diff.Diff;
import dev.understudy.diff.DiffConfig;
import dev.understudy.diff.DiffListener;
import dev.understudy.diff.report.Report;
import dev.understudy.diff.state.WholeTables;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.lab.shop.Shop;
import dev.understudy.lab.shop.ShopTraffic;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.Replay;
import dev.understudy.replay.ReplayConfig;
import dev.understudy.replay.ReplayListener;
import dev.understudy.replay.safety.CopyMark;
import dev.understudy.replay.safety.TargetMark;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.RunEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole story, told as it happens: a copy of a shop is migrated, the shop's traffic goes through the agent, is
 * replayed on the migrated copy and on an untouched one, and the answers are compared.
 */
public final class Demo {
    private static final String PRODUCTION = "shop";
    private static final String CONTROL = "shop_control";
    private static final String CANDIDATE = "shop_candidate";

    private final Context context;
    private final DemoPlan plan;
    private final Storyline story;
    private final String name;

    /** A demo; the name is that of its capture and of its run. */
    public Demo(Context context, DemoPlan plan, String name) {
        this.context = context;
        this.plan = plan;
        this.name = name;
        this.story = new Storyline(context);
    }

    /**
     * Tells the story.
     *
     * @param startKafka how to start or find Kafka
     * @return 0 if it ended as it must, else 1; for the reader's own migration the verdict's exit code
     */
    public int run(DemoServers.KafkaStarter startKafka) throws Exception {
        ReportFiles.checkUsable(plan.report());
        MigrationScript migration = migration();
        try (DemoServers servers = DemoServers.start(startKafka)) {
            EmbeddedDatabase postgres = servers.postgres();
            Map<String, String> kafka = servers.kafkaProperties();
            story.told("Kafka and PostgreSQL run");
            postgres.createDatabase(PRODUCTION);
            try (Connection connection = postgres.connect(PRODUCTION)) {
                Shop.create(connection, plan.seed());
            }
            postgres.copyDatabase(PRODUCTION, CONTROL);
            postgres.copyDatabase(PRODUCTION, CANDIDATE);
            mark(postgres.connectionInfo(CONTROL));
            mark(postgres.connectionInfo(CANDIDATE));
            story.told(
                    "production: a shop with 3,000 orders; two copies of it, as it is before the traffic, both marked");
            migrate(postgres, migration);
            capture(servers);
            Shop.Damage damage = damage(postgres);
            replay(postgres, kafka);
            Report report = Diff.run(new DiffConfig(name, null, kafka), DiffListener.NONE);
            List<Path> files = ReportFiles.write(report, Set.of("json", "md"), plan.report());
            story.told("diff: " + report.verdict().label());
            context.print("");
            VerdictSummary.lines(report).forEach(context::print);
            context.print("");
            files.forEach(file -> context.print("report: " + file));
            return plan.migration() != null ? report.verdict().exitCode() : judge(new Truth(damage), report);
        }
    }

    private void mark(ConnectionInfo copy) {
        TargetMark.mark(copy, Optional.empty());
        CopyMark.take(copy, false, context.clock().millis() * 1_000);
    }

    private MigrationScript migration() throws IOException {
        Path own = plan.migration();
        if (own != null) {
            return new MigrationScript(own.toString(), Files.readString(own));
        }
        return new MigrationScript("migration", plan.fixed() ? Shop.fixedMigration() : Shop.migration());
    }

    private void capture(DemoServers servers) throws SQLException, IOException, InterruptedException {
        CaptureConfig config = CaptureConfig.defaults(
                name,
                "127.0.0.1",
                0,
                servers.postgres().connectionInfo(PRODUCTION),
                servers.kafkaProperties(),
                servers.folder());
        CaptureAgent agent = CaptureAgent.start(config);
        ShopTraffic.Summary traffic;
        try {
            traffic = ShopTraffic.run("127.0.0.1", agent.boundPort(), PRODUCTION, plan.seed(), plan.rounds());
        } finally {
            agent.close();
        }
        story.told("capture: " + traffic.clients() + " applications ran " + Figures.count(traffic.statements())
                + " statements through the agent, " + Figures.count(traffic.errors()) + " of them with errors");
        story.below("forwarded " + Figures.count(agent.ledger().forwarded()) + " exchanges = recorded "
                + Figures.count(agent.ledger().recorded()) + " + skipped "
                + agent.ledger().skipped() + " + lost "
                + agent.ledger().lost() + " + opaque " + agent.ledger().opaque());
    }

    private void migrate(EmbeddedDatabase postgres, MigrationScript migration) throws SQLException {
        try (Connection connection = postgres.connect(CANDIDATE)) {
            migration.run(connection);
        }
        story.told("migration: applied to the candidate, not to the control");
    }

    private Shop.Damage damage(EmbeddedDatabase postgres) throws SQLException {
        if (plan.migration() != null) {
            return new Shop.Damage(0, 0);
        }
        try (Connection before = postgres.connect(CONTROL);
                Connection after = postgres.connect(CANDIDATE)) {
            return Shop.damage(before, after);
        }
    }

    private void replay(EmbeddedDatabase postgres, Map<String, String> kafka) {
        RunEnd end = Replay.run(
                ReplayConfig.of(name, name, postgres.connectionInfo(CANDIDATE), kafka)
                        .withControl(postgres.connectionInfo(CONTROL))
                        .withComparer(new WholeTables()),
                ReplayListener.NONE);
        story.told("replay: " + Figures.count(end.exchanges()) + " exchanges on both copies in one order, in "
                + Figures.duration(Duration.ofNanos(end.elapsedNanos())) + "; "
                + Figures.count(end.dispositions().getOrDefault(Disposition.COMPARED, 0L)) + " can be compared");
        end.warnings().forEach((what, text) -> story.below("warning: " + what + ": " + text));
    }

    private int judge(Truth truth, Report report) {
        context.print("");
        context.print(
                truth.damage().wrong() == 0
                        ? "the truth: this migration changes no total"
                        : "the truth: this migration silently takes a cent off "
                                + Figures.count(truth.damage().wrong()) + " of "
                                + Figures.count(truth.damage().orders())
                                + " totals ("
                                + Figures.percent(
                                        truth.damage().wrong(), truth.damage().orders())
                                + "); ./understudy demo --fixed applies the corrected one");
        List<String> contradictions = truth.contradictions(report);
        contradictions.forEach(sentence -> context.print("NOT FOUND AS IT MUST BE: " + sentence));
        return contradictions.isEmpty() ? ExitCode.OK : ExitCode.NO_GO;
    }
}
