package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.Interruption;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.cli.metrics.Health;
import dev.understudy.cli.metrics.Metering;
import dev.understudy.cli.output.DryRunSummary;
import dev.understudy.cli.output.Figures;
import dev.understudy.cli.output.Json;
import dev.understudy.cli.output.ProgressLine;
import dev.understudy.cli.output.RunSummary;
import dev.understudy.diff.state.StateLimits;
import dev.understudy.diff.state.WholeTables;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.Mode;
import dev.understudy.replay.Order;
import dev.understudy.replay.Phase;
import dev.understudy.replay.Progress;
import dev.understudy.replay.Replay;
import dev.understudy.replay.ReplayConfig;
import dev.understudy.replay.ReplayLimits;
import dev.understudy.replay.ReplayListener;
import dev.understudy.replay.ReplayScope;
import dev.understudy.replay.Speed;
import dev.understudy.replay.dryrun.DryRunReport;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.TableComparer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fires a trace at one or two databases. */
@Command(
        name = "replay",
        description = {
            "Fires a capture's traffic at a database on the migrated schema, and at a control.",
            "Exit 3 if it was ended early."
        })
final class ReplayCommand extends UnderstudyCommand {
    private static final String DRY_RUN = "dry-run";

    @Option(names = "--capture", required = true, paramLabel = "NAME", description = "The capture.")
    private String capture = "";

    @Option(names = "--run", paramLabel = "NAME", description = "A name for this run, new. A dry run needs none.")
    private String run = "";

    @Option(
            names = "--target",
            required = true,
            paramLabel = "URI",
            description = "The database on the migrated schema. It must be marked, and not be the captured one.")
    private @Nullable ConnectionInfo target;

    @Option(
            names = "--control",
            paramLabel = "URI",
            description =
                    "A database on the old schema, marked too: what differs between the two is the migration's alone.")
    private @Nullable ConnectionInfo control;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "causal",
            description =
                    "causal (default): what may conflict goes in one order, everything else side by side; serial: one"
                            + " total order; session: each session in its own order, for read-only traffic.")
    private Order order = Order.CAUSAL;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "max",
            description = "max (default), or a factor of production's pace.")
    private String speed = "max";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "compat",
            description = "compat (default): statements go as recorded. adapted is not in this version yet.")
    private Mode mode = Mode.COMPAT;

    @Option(
            names = "--state-budget",
            paramLabel = "DURATION",
            defaultValue = "30m",
            converter = DurationConverter.class,
            description =
                    "How long comparing whole tables of control and target may take, before and after the replay each,"
                            + " such as 90s or 2h (default 30m); what is left out then is told by name.")
    private Duration stateBudget = StateLimits.DEFAULTS.budget();

    @Option(
            names = "--no-state",
            description = "Do not compare whole tables of control and target: then the verdict can't be GO.")
    private boolean noState;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "500",
            description =
                    "At most so many connections for each target (default 500). Ordered replay of a trace that had more"
                            + " sessions open at once is refused; in session order a session waits until another ends.")
    private int maxConnections = ReplayLimits.DEFAULTS.maxConnections();

    @Option(
            names = "--dry-run",
            description = "Say what would run, and the critical path in round trips; send nothing.")
    private boolean dryRun;

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private MetricsOptions metrics = new MetricsOptions();

    @Option(names = "--expect", paramLabel = "FILE", description = "Expectations. Not in this version yet.")
    private @Nullable Path expect;

    ReplayCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Names.check("capture", capture);
        if (dryRun && run.isEmpty()) {
            run = DRY_RUN;
        }
        if (run.isEmpty()) {
            throw CommandException.usage("Missing required option: '--run=NAME'");
        }
        Names.check("run", run);
        if (expect != null) {
            throw CommandException.usage("--expect is not in this version yet");
        }
        Speed pace = pace();
        ReplayLimits limits = limits();
        ReplayScope part = scope.scope();
        RunEnd end;
        try (KafkaAccess kafka = common().kafka(context())) {
            ReplayConfig config = ReplayConfig.of(capture, run, Objects.requireNonNull(target), kafka.properties())
                    .withControl(control)
                    .withOrder(order)
                    .withMode(mode)
                    .withSpeed(pace)
                    .withLimits(limits)
                    .withComparer(comparer())
                    .withScope(part);
            if (dryRun) {
                DryRunReport report = new Replay(config, ReplayListener.NONE).dryRun();
                DryRunSummary.lines(capture, report).forEach(context()::print);
                return ExitCode.OK;
            }
            end = replay(config);
        }
        RunSummary.lines(end).forEach(context()::print);
        return end.complete() ? ExitCode.OK : ExitCode.INCONCLUSIVE;
    }

    private RunEnd replay(ReplayConfig config) {
        Metering metering = metrics.metering();
        try (ProgressLine line = new ProgressLine(context(), "replay")) {
            Replay replay = new Replay(config, progress -> show(line, progress), metering.registry());
            Health health = new Health(
                    () -> replay.phase() == Phase.REPLAYING,
                    () -> replay.phase().term());
            try (Metering.Serving serving = metering.serve(context(), health);
                    Interruption signals = Interruption.install(replay::stop)) {
                return replay.run();
            }
        }
    }

    private @Nullable TableComparer comparer() {
        try {
            return noState ? null : new WholeTables(StateLimits.DEFAULTS.withBudget(stateBudget), List.of());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--" + e.getMessage());
        }
    }

    private ReplayLimits limits() {
        try {
            return ReplayLimits.DEFAULTS.withMaxConnections(maxConnections);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--" + e.getMessage());
        }
    }

    private Speed pace() {
        try {
            return Speed.parse(speed);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--" + e.getMessage());
        }
    }

    private static String eta(Duration eta) {
        return eta.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", eta.toHours(), eta.toMinutesPart(), eta.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", eta.toMinutes(), eta.toSecondsPart());
    }

    private void show(ProgressLine line, Progress p) {
        Duration eta = p.eta();
        line.show(
                Json.object()
                        .put("command", "replay")
                        .put("run", run)
                        .put("done", p.done())
                        .put("total", p.total() < 0 ? null : (Long) p.total())
                        .put("perSecond", Math.round(p.perSecond()))
                        .put("differing", p.differing())
                        .put("lagMillis", p.lag().toMillis())
                        .put("lagP99Millis", p.lagP99().toMillis())
                        .put("etaSeconds", eta == null ? null : (Long) eta.toSeconds())
                        .put("moved", p.moved()),
                Figures.count(p.done())
                        + (p.total() < 0
                                ? ""
                                : " of " + Figures.count(p.total()) + " (" + Figures.percent(p.done(), p.total()) + ")")
                        + " exchanges, " + String.format(Locale.ROOT, "%,.0f", p.perSecond()) + "/s, "
                        + Figures.count(p.differing()) + " differ"
                        + (p.lagP99().isZero()
                                ? ""
                                : ", lag " + Figures.duration(p.lag()) + " (p99 " + Figures.duration(p.lagP99()) + ")")
                        + (eta == null ? "" : ", " + eta(eta) + " left"));
    }
}
