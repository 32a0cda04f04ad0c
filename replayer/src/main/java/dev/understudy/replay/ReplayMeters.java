package dev.understudy.replay;

import dev.understudy.replay.outcome.OutcomeListener;
import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.source.MemoryWindow;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * All meters of a replay; {@code docs/metrics.md} lists them as Prometheus shows them. Whatever costs more than a counter
 * is recorded on the thread that writes outcomes, so that the event loop pays nothing; gauges read what is there anyway
 * when somebody asks. Safe for use by several threads.
 */
final class ReplayMeters implements OutcomeListener {
    private static final String PREFIX = "understudy.replay.";
    private static final double MICROS_PER_SECOND = 1e6;
    private static final Duration[] ANSWER_BUCKETS =
            millis(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000, 10_000);
    private static final Duration[] LAG_BUCKETS = millis(1, 2.5, 5, 10, 20, 50, 100, 250, 500, 1_000, 5_000, 30_000);

    private final MeterRegistry registry;
    private final RunCounters counters;
    private final Map<Disposition, Counter> exchanges = new EnumMap<>(Disposition.class);
    private final Map<Arm, Timer> answers = new EnumMap<>(Arm.class);
    private final Timer lag;
    private final Counter batches;
    private final Counter bytes;
    private volatile @Nullable Underway underway;
    private volatile double position = Double.NaN;

    /** What there is once exchanges are sent. */
    private record Underway(MemoryWindow window, OutcomePublisher publisher, ProducerCounts kafka) {}

    ReplayMeters(MeterRegistry registry, ReplayConfig config, RunCounters counters, Supplier<Phase> phase) {
        this.registry = registry;
        this.counters = counters;
        for (Disposition disposition : Disposition.values()) {
            exchanges.put(
                    disposition,
                    Counter.builder(PREFIX + "exchanges")
                            .description("Exchanges that have ended with an outcome, by the class they ended in")
                            .tag("disposition", term(disposition))
                            .register(registry));
        }
        answers.put(Arm.CANDIDATE, answerTimer(Arm.CANDIDATE));
        if (config.control() != null) {
            answers.put(Arm.CONTROL, answerTimer(Arm.CONTROL));
        }
        lag = Timer.builder(PREFIX + "schedule.lag")
                .description("How much later than its schedule an exchange was sent; 0 at --speed max")
                .serviceLevelObjectives(LAG_BUCKETS)
                .register(registry);
        batches = Counter.builder(PREFIX + "outcome.batches")
                .description("Batches of outcomes handed to Kafka's producer")
                .register(registry);
        bytes = Counter.builder(PREFIX + "outcome.written")
                .description("Bytes of outcomes handed to Kafka's producer, before compression")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        declareCounts();
        declareState(config, phase);
    }

    private Timer answerTimer(Arm arm) {
        return Timer.builder(PREFIX + "answer")
                .description("From a request's first byte written to its answer's end read")
                .tag("arm", term(arm))
                .serviceLevelObjectives(ANSWER_BUCKETS)
                .register(registry);
    }

    private void declareCounts() {
        count(
                "differing",
                "Exchanges of which an arm's answer was not byte for byte the recorded one",
                m -> m.counters.differing());
        count("moved", "Exchanges whose place was moved because an arm waited", m -> m.counters.moves());
        count(
                "outcome.retries",
                "Records of outcomes that Kafka's producer sent once more",
                m -> m.kafka(ProducerCounts::retries));
        count(
                "outcome.errors",
                "Records of outcomes that Kafka's producer gave up",
                m -> m.kafka(ProducerCounts::errors));
        for (RunCounters.Rewritten reason : RunCounters.Rewritten.values()) {
            FunctionCounter.builder(PREFIX + "rewritten", counters, all -> all.rewrites(reason))
                    .description("Requests to an arm that were not sent as recorded, by the reason")
                    .tag("reason", reason.label())
                    .register(registry);
        }
    }

    private void declareState(ReplayConfig config, Supplier<Phase> phase) {
        gauge(
                "trace.exchanges",
                "Exchanges that will end with an outcome, as far as the trace tells",
                m -> m.counters.totalOrNaN());
        gauge("in.flight", "Exchanges sent and not yet answered by every arm", m -> m.counters.inFlight());
        gauge("waiting", "Exchanges read and not yet sent", m -> m.counters.waiting());
        gauge(
                "outcome.queue",
                "Exchanges that have ended and whose outcome is not in a batch yet",
                ReplayMeters::unwritten);
        Gauge.builder(PREFIX + "window", this, m -> m.window(MemoryWindow::usedBytes))
                .description("Memory that exchanges take up from when they are read until their outcome is written")
                .baseUnit(BaseUnits.BYTES)
                .strongReference(true)
                .register(registry);
        Gauge.builder(PREFIX + "window.limit", config, c -> c.limits().windowBytes())
                .description("What of a trace may be in memory; an eighth of it is read ahead of need")
                .baseUnit(BaseUnits.BYTES)
                .strongReference(true)
                .register(registry);
        Gauge.builder(PREFIX + "trace.position.timestamp", this, m -> m.position)
                .description(
                        "When production's client sent the exchange that ended last, since 1970 by production's clock")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        for (Phase each : Phase.values()) {
            Gauge.builder(PREFIX + "phase", phase, now -> now.get() == each ? 1 : 0)
                    .description("1 for the phase that the run is in")
                    .tag("phase", each.term())
                    .strongReference(true)
                    .register(registry);
        }
        Gauge.builder(PREFIX + "run.info", () -> 1)
                .description("Which run this is; always 1")
                .tag("capture", config.capture())
                .tag("run", config.run())
                .tag("order", config.order().term())
                .tag("speed", config.speed().toString())
                .register(registry);
    }

    private void count(String name, String description, ToDoubleFunction<ReplayMeters> value) {
        FunctionCounter.builder(PREFIX + name, this, value)
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<ReplayMeters> value) {
        Gauge.builder(PREFIX + name, this, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Exchanges are about to be sent. */
    void underway(MemoryWindow window, OutcomePublisher publisher, Producer<?, ?> producer) {
        underway = new Underway(window, publisher, new ProducerCounts(producer));
    }

    @Override
    public void written(Outcome outcome) {
        increment(exchanges.get(outcome.disposition()));
        lag.record(outcome.lagNanos(), TimeUnit.NANOSECONDS);
        position = outcome.startWallMicros() / MICROS_PER_SECOND;
        for (ArmAnswer answer : outcome.answers()) {
            Timer timer = answers.get(answer.arm());
            if (timer != null && !answer.brokenOff()) {
                timer.record(answer.latencyNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void handedOver(int size) {
        batches.increment();
        bytes.increment(size);
    }

    private double kafka(ToDoubleFunction<ProducerCounts> count) {
        Underway now = underway;
        return now == null ? 0 : count.applyAsDouble(now.kafka());
    }

    private double window(ToDoubleFunction<MemoryWindow> size) {
        Underway now = underway;
        return now == null ? 0 : size.applyAsDouble(now.window());
    }

    private double unwritten() {
        Underway now = underway;
        return now == null ? 0 : now.publisher().unwritten();
    }

    private static String term(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration[] millis(double... bounds) {
        Duration[] durations = new Duration[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            durations[i] = Duration.ofNanos(Math.round(bounds[i] * 1e6));
        }
        return durations;
    }
}
