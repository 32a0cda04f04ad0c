package dev.understudy.cli.command;

import dev.understudy.capture.CaptureAgent;
import dev.understudy.capture.CaptureConfig;
import dev.understudy.capture.CaptureLimits;
import dev.understudy.capture.CaptureMeters;
import dev.understudy.capture.OnFull;
import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.Interruption;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.cli.metrics.Health;
import dev.understudy.cli.metrics.Metering;
import dev.understudy.cli.output.CaptureSummary;
import dev.understudy.pgwire.ConnectionInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stands in front of a server and records. */
@Command(
        name = "capture",
        description =
                "Stands in front of a PostgreSQL server as a transparent proxy and records what goes through, until"
                        + " SIGINT or SIGTERM.")
final class CaptureCommand extends UnderstudyCommand {
    @Option(
            names = "--capture",
            required = true,
            paramLabel = "NAME",
            description = {
                "Stands in front of a PostgreSQL server and records what goes through.",
                "A transparent proxy, until SIGINT or SIGTERM. Says when it listens, and at the end what it recorded."
            })
    private String capture = "";

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "HOST:PORT",
            converter = HostAndPort.Converter.class,
            description = "Where clients connect. Port 0 takes a free one.")
    private @Nullable HostAndPort listen;

    @Option(
            names = "--upstream",
            required = true,
            paramLabel = "URI",
            description = "The server, and the database and role with which its catalog is read.")
    private @Nullable ConnectionInfo upstream;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description = "Event loops, and partitions of the trace. Default: 2, or 1 on a single core.")
    private @Nullable Integer lanes;

    @Option(
            names = "--on-full",
            paramLabel = "CHOICE",
            defaultValue = "gap",
            description = "When the spool is full: gap (default) goes on without recording; stop ends recording; block"
                    + " holds clients back, and is not fail-open.")
    private OnFull onFull = OnFull.GAP;

    @Option(
            names = "--spool-size",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "How much may wait on disk for Kafka. Default: 1GiB.")
    private @Nullable ByteSize spoolSize;

    @Option(
            names = "--max-result",
            paramLabel = "SIZE",
            converter = ByteSize.Converter.class,
            description = "How much of one result is recorded; the rest is counted and digested. Default: 1MiB.")
    private @Nullable ByteSize maxResult;

    @Option(
            names = "--drain-seconds",
            paramLabel = "N",
            description = "How long to wait for open exchanges at the end, and then for Kafka. Default: 10.")
    private @Nullable Integer drainSeconds;

    @Mixin
    private MetricsOptions metrics = new MetricsOptions();

    CaptureCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Names.check("capture", capture);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean capturing = new AtomicBoolean();
        Metering metering = metrics.metering();
        Health health = new Health(capturing::get, () -> phase(capturing.get(), end));
        try (Metering.Serving serving = metering.serve(context(), health);
                Interruption signals = Interruption.install(end::countDown);
                // The agent itself knows whether it can start without Kafka: it has a spool.
                KafkaAccess kafka = common().kafkaInTime(context())) {
            CaptureConfig config = config(kafka.properties());
            CaptureAgent agent = CaptureAgent.start(config);
            try {
                CaptureMeters.bind(agent, config, metering.registry());
                capturing.set(true);
                announce(agent, config);
                endWith(agent, end);
                end.await();
                capturing.set(false);
                context()
                        .say("capture " + capture + ": draining, at most "
                                + config.limits().drainTimeout().toSeconds() + " s");
            } finally {
                agent.close();
            }
            context().print(CaptureSummary.line(capture, agent.ledger()));
        }
        return ExitCode.OK;
    }

    private static String phase(boolean capturing, CountDownLatch end) {
        if (capturing) {
            return "capturing";
        }
        return end.getCount() > 0 ? "starting" : "draining";
    }

    private void announce(CaptureAgent agent, CaptureConfig config) {
        String host = config.listenHost().isEmpty() ? "*" : config.listenHost();
        context()
                .print("listening on " + new HostAndPort(host, agent.boundPort()) + " → " + config.upstream()
                        + ", capture " + capture);
    }

    /** The agent may also end by itself. */
    private static void endWith(CaptureAgent agent, CountDownLatch end) {
        Thread waiting = new Thread(
                () -> {
                    try {
                        agent.awaitTermination();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    end.countDown();
                },
                "agent-end");
        waiting.setDaemon(true);
        waiting.start();
    }

    private CaptureConfig config(Map<String, String> kafka) {
        HostAndPort where = Objects.requireNonNull(listen);
        CaptureLimits limits = CaptureLimits.defaults();
        if (spoolSize != null) {
            limits = limits.withSpoolBytes(spoolSize.bytes());
        }
        if (maxResult != null) {
            limits = limits.withMaxResultBytes(fits("max-result", maxResult.bytes()));
        }
        if (drainSeconds != null) {
            limits = limits.withDrainTimeout(Duration.ofSeconds(drainSeconds));
        }
        CaptureConfig config = CaptureConfig.defaults(
                        capture,
                        where.host(),
                        where.port(),
                        Objects.requireNonNull(upstream),
                        kafka,
                        common().dataDir(context()))
                .withLimits(limits)
                .withOnFull(onFull);
        return lanes == null ? config : config.withLanes(lanes);
    }

    private static int fits(String flag, long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw CommandException.usage("--" + flag + ": expected less than 2 GiB");
        }
        return (int) bytes;
    }
}
