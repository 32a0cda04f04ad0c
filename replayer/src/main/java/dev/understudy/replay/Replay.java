package dev.understudy.replay;

import dev.understudy.replay.dryrun.DryRunReport;
import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.failure.SafetyRefusal;
import dev.understudy.replay.failure.ServiceUnreachable;
import dev.understudy.replay.generated.GeneratedValues;
import dev.understudy.replay.generated.SequenceStarts;
import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.outcome.RunTopics;
import dev.understudy.replay.schedule.CausalSchedule;
import dev.understudy.replay.schedule.Pipelining;
import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.schedule.SerialSchedule;
import dev.understudy.replay.schedule.SessionSchedule;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.selection.Selection;
import dev.understudy.replay.source.MemoryWindow;
import dev.understudy.replay.source.TraceFacts;
import dev.understudy.replay.source.TraceSource;
import dev.understudy.replay.source.TraceTopic;
import dev.understudy.replay.target.ArmServer;
import dev.understudy.replay.target.Ticks;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import dev.understudy.trace.run.CopyStamps;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunStart;
import dev.understudy.trace.run.StateComparison.Moment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * One replay of one trace. {@link #run} blocks; {@link #stop} may be called from any thread, and at any time.
 *
 * <p>Threads of a run: the caller's, which prepares and waits; one that reads the trace; one Vert.x event loop with the
 * schedule and all sockets; one that writes outcomes; one that tells the listener. What is between them is bounded by
 * one window of memory.
 */
public final class Replay {
    private static final long CATALOG_SEARCH_BYTES = 256L << 20;

    private final ReplayConfig config;
    private final ReplayListener listener;
    private final Ticks ticks = Ticks.system();
    private final RunCounters counters = new RunCounters();
    private final ReplayMeters meters;
    private final AtomicReference<@Nullable Director> running = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile Phase phase = Phase.PREPARING;

    /** A run that has not begun, and that nobody measures. */
    public Replay(ReplayConfig config, ReplayListener listener) {
        this(config, listener, new CompositeMeterRegistry());
    }

    /** A run that has not begun; its meters are declared in {@code registry} at once. */
    public Replay(ReplayConfig config, ReplayListener listener, MeterRegistry registry) {
        this.config = config;
        this.listener = listener;
        this.meters = new ReplayMeters(registry, config, counters, () -> phase);
    }

    /** Runs to the end, see {@link #run()}. */
    public static RunEnd run(ReplayConfig config, ReplayListener listener) {
        return new Replay(config, listener).run();
    }

    /**
     * Replays the trace, and writes outcomes and the run's start and end to its topics. To be called once.
     *
     * @return the end as it was written; not complete if stopped
     * @throws ReplayUsageError if what is asked for can't be done as asked; nothing was sent
     * @throws SafetyRefusal if a target may not be replayed on; nothing was sent
     * @throws ServiceUnreachable if Kafka or a target can't be reached, or was lost; a run without its end is partial
     */
    public RunEnd run() {
        try {
            return replay();
        } finally {
            phase = Phase.OVER;
        }
    }

    /** How far the run is. Any thread may ask. */
    public Phase phase() {
        return phase;
    }

    private RunEnd replay() {
        requireSupported();
        Duration timeout = config.limits().serviceTimeout();
        RunTopics topics = new RunTopics(config.run(), config.kafka(), timeout);
        topics.requireNew();
        try (TraceTopic trace = TraceTopic.open(config.capture(), config.kafka(), timeout)) {
            Catalog captured = trace.findCatalog(CATALOG_SEARCH_BYTES).orElse(null);
            Targets targets = Targets.check(config, captured, LocalDate.now(ZoneOffset.UTC));
            TraceReading reading = new TraceReading(config, captured);
            TraceFacts facts = trace.scan(reading.beforehand());
            Selection selection = reading.selection(facts);
            targets.require(config, facts);
            ArmReadings before = targets.read(config.run(), Moment.BEFORE_REPLAY, config.comparer());
            CopyStamps stamps = targets.stamps(config.run(), before, ticks.wallMicros());
            topics.create(trace.partitions());
            try (Producer<byte[], byte[]> producer = topics.producer()) {
                topics.writeControl(producer, start(trace.partitions(), captured, before.arms()));
                topics.writeControl(producer, stamps);
                before.together().forEach(entry -> topics.writeControl(producer, entry));
                if (selection.isWhole()) {
                    counters.total(facts.exchanges());
                }
                RunEnd end = replay(trace, reading, selection, before.arms(), targets, producer, () -> {
                    phase = Phase.FINISHING;
                    ArmReadings after = targets.read(config.run(), Moment.AFTER_REPLAY, config.comparer());
                    after.together().forEach(entry -> topics.writeControl(producer, entry));
                    return after.arms();
                });
                topics.writeControl(producer, end);
                return end;
            }
        }
    }

    /**
     * Finds out what a run would do: goes through the trace as it would, and sends nothing. No run is made, so that its
     * name stays free.
     *
     * @throws ReplayUsageError if what is asked for can't be done as asked
     * @throws SafetyRefusal if a target may not be replayed on
     * @throws ServiceUnreachable if Kafka or a target can't be reached
     */
    public DryRunReport dryRun() {
        requireSupported();
        try (TraceTopic trace = TraceTopic.open(
                config.capture(), config.kafka(), config.limits().serviceTimeout())) {
            Catalog captured = trace.findCatalog(CATALOG_SEARCH_BYTES).orElse(null);
            Targets targets = Targets.check(config, captured, LocalDate.now(ZoneOffset.UTC));
            TraceReading reading = new TraceReading(config, captured);
            TraceFacts facts = trace.scan(reading.beforehand());
            Selection selection = reading.selection(facts);
            targets.require(config, facts);
            List<ArmState> arms = targets.catalogs();
            DryRunDriver driver = new DryRunDriver(
                    config,
                    trace,
                    reading.intake(arms, selection),
                    reading.readings(arms),
                    schedule(FaithfulRequests.pipelining(config, arms, counters), false));
            return driver.drive(targets.roundTrip());
        }
    }

    private void requireSupported() {
        if (config.scope().selection().voidsOrder() && config.order() != Order.SESSION) {
            throw new ReplayUsageError("order=" + config.order().term()
                    + ": a filter or a share leaves out what other sessions may depend on, which voids an order between"
                    + " them; use --order session, for read-only traffic");
        }
        if (config.mode() == Mode.ADAPTED) {
            throw new ReplayUsageError("mode=adapted: not yet; use compat");
        }
    }

    /** Ends the run early: what is under way ends, the rest is pending, and the run's end is written. */
    public void stop() {
        stopped = true;
        Director director = running.get();
        if (director != null) {
            director.stop();
        }
    }

    private RunStart start(int lanes, @Nullable Catalog captured, List<ArmState> before) {
        return new RunStart(
                config.run(),
                config.capture(),
                config.order().term(),
                config.speed().toString(),
                config.mode().term(),
                ticks.wallMicros(),
                lanes,
                captured,
                before);
    }

    private RunEnd replay(
            TraceTopic trace,
            TraceReading reading,
            Selection selection,
            List<ArmState> before,
            Targets targets,
            Producer<byte[], byte[]> producer,
            Supplier<List<ArmState>> after) {
        MemoryWindow window = new MemoryWindow(config.limits().windowBytes());
        OutcomePublisher publisher = new OutcomePublisher(
                config.run(),
                trace.partitions(),
                producer,
                window,
                config.limits().maxOutcome(),
                meters,
                before,
                reading.captured());
        meters.underway(window, publisher, producer);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        List<ArmServer> servers = targets.servers(vertx, ticks);
        GeneratedValues generated = new GeneratedValues(
                servers.stream().map(server -> starts(before, server.arm())).toList());
        try (Beat beat = new Beat(listener, counters)) {
            Director director = new Director(
                    vertx,
                    vertx.getOrCreateContext(),
                    servers,
                    schedule(
                            FaithfulRequests.pipelining(config, before, counters),
                            !config.speed().isMax()),
                    FaithfulRequests.rewrites(config, reading.captured(), before, counters),
                    new GeneratedRewrite(generated, counters),
                    config,
                    window,
                    publisher,
                    ticks,
                    counters);
            TraceSource source = new TraceSource(
                    trace, reading.intake(before, selection), reading.readings(before), window, director::deliver);
            RunDriver driver = new RunDriver(config.run(), director, source, publisher, ticks, counters);
            return driver.drive(() -> begun(director), () -> {
                if (generated.leftOut() > 0) {
                    counters.warn("generated-values-left-out", generated.leftOut() + " values are not known any more");
                }
                return after.get();
            });
        } finally {
            running.set(null);
            Future<?> closed =
                    Future.join(servers.stream().map(ArmServer::release).toList());
            RunThreads.await(closed.eventually(vertx::close).toCompletionStage().toCompletableFuture());
        }
    }

    private void begun(Director director) {
        phase = Phase.REPLAYING;
        running.set(director);
        if (stopped) {
            director.stop();
        }
    }

    private static SequenceStarts starts(List<ArmState> before, Arm arm) {
        return before.stream()
                .filter(state -> state.arm() == arm)
                .map(state -> SequenceStarts.of(state.catalog()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("arm=" + arm + ": its catalog was not read"));
    }

    private Schedule schedule(Pipelining pipelining, boolean paced) {
        return switch (config.order()) {
            case CAUSAL -> new CausalSchedule(pipelining, paced, Work.Run::touches);
            case SERIAL -> new SerialSchedule(pipelining, paced);
            case SESSION ->
                new SessionSchedule(pipelining, paced, config.limits().maxConnections());
        };
    }
}
