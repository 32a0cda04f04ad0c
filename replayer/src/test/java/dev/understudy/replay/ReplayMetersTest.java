package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.outcome.OutcomePublisher;
import dev.understudy.replay.source.MemoryWindow;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ReplayMetersTest {
    private static final ConnectionInfo SERVER =
            new ConnectionInfo("127.0.0.1", 5432, "db", "me", "", "disable", Map.of());
    private static final ReplayConfig CONFIG = ReplayConfig.of("c", "r", SERVER, Map.of());

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RunCounters counters = new RunCounters();
    private Phase phase = Phase.PREPARING;

    @Test
    void everyClassIsThereFromTheBeginningAtZero() {
        meters(CONFIG);

        for (Disposition disposition : Disposition.values()) {
            String term = disposition.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            assertThat(registry.get("understudy.replay.exchanges")
                            .tag("disposition", term)
                            .counter()
                            .count())
                    .as(term)
                    .isZero();
        }
        assertThat(registry.get("understudy.replay.answer").timers()).hasSize(1);
    }

    @Test
    void aControlHasATimerToo() {
        meters(CONFIG.withControl(SERVER));

        assertThat(registry.get("understudy.replay.answer").timers())
                .extracting(timer -> timer.getId().getTag("arm"))
                .containsExactlyInAnyOrder("control", "candidate");
    }

    @Test
    void anOutcomeCountsInItsClassWithItsLagAndItsAnswers() {
        ReplayMeters meters = meters(CONFIG.withControl(SERVER));

        meters.written(
                outcome(Disposition.COMPARED, 3_000_000, answer(Arm.CONTROL, false), answer(Arm.CANDIDATE, false)));
        meters.written(outcome(Disposition.NOT_COMPARABLE, 0, answer(Arm.CONTROL, true), answer(Arm.CANDIDATE, false)));

        assertThat(count("compared")).isEqualTo(1);
        assertThat(count("not-comparable")).isEqualTo(1);
        Timer lag = registry.get("understudy.replay.schedule.lag").timer();
        assertThat(lag.count()).isEqualTo(2);
        assertThat(lag.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(3);
        assertThat(answers("candidate").count()).isEqualTo(2);
        assertThat(answers("candidate").totalTime(TimeUnit.MICROSECONDS)).isEqualTo(500);
        assertThat(answers("control").count())
                .as("without the one that broke off")
                .isEqualTo(1);
        assertThat(gauge("trace.position.timestamp")).isEqualTo(7.5);
    }

    @Test
    void countsOfTheRunAreReadWhenAsked() {
        meters(CONFIG);
        assertThat(gauge("trace.exchanges")).isNaN();

        counters.total(9);
        counters.delivered(5);
        counters.begun(0);
        counters.begun(0);
        counters.begun(0);
        counters.ended(true, true);
        counters.ended(false, false);
        counters.rewritten(RunCounters.Rewritten.OIDS);

        assertThat(gauge("trace.exchanges")).isEqualTo(9);
        assertThat(gauge("waiting")).isEqualTo(2);
        assertThat(gauge("in.flight")).isEqualTo(1);
        assertThat(function("differing")).isEqualTo(1);
        assertThat(function("moved")).isEqualTo(1);
        assertThat(registry.get("understudy.replay.rewritten")
                        .tag("reason", "oids")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void onePhaseHolds() {
        meters(CONFIG);
        for (Phase each : Phase.values()) {
            phase = each;
            for (Phase asked : Phase.values()) {
                assertThat(registry.get("understudy.replay.phase")
                                .tag("phase", asked.term())
                                .gauge()
                                .value())
                        .as(asked + " in " + each)
                        .isEqualTo(asked == each ? 1 : 0);
            }
        }
    }

    @Test
    void whatIsUnderWayIsReadOnceItIs() {
        ReplayMeters meters = meters(CONFIG);
        assertThat(gauge("window")).isZero();
        assertThat(gauge("outcome.queue")).isZero();
        assertThat(function("outcome.retries")).isZero();

        MemoryWindow window = new MemoryWindow(1_000);
        Producing producer = new Producing();
        OutcomePublisher publisher = new OutcomePublisher("r", 1, producer, window, 1_000, meters, List.of(), null);
        meters.underway(window, publisher, producer);
        window.take(77);
        publisher.sessionOver(1);
        producer.retries = 4;
        producer.errors = 2;
        meters.handedOver(100);
        meters.handedOver(50);

        assertThat(gauge("window")).isEqualTo(77);
        assertThat(gauge("window.limit")).isEqualTo(CONFIG.limits().windowBytes());
        assertThat(gauge("outcome.queue")).isEqualTo(1);
        assertThat(function("outcome.retries")).isEqualTo(4);
        assertThat(function("outcome.errors")).isEqualTo(2);
        assertThat(registry.get("understudy.replay.outcome.batches").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("understudy.replay.outcome.written").counter().count())
                .isEqualTo(150);
        producer.retries = 0;
        assertThat(function("outcome.retries"))
                .as("a closed producer knows nothing")
                .isEqualTo(4);
    }

    /** A producer that counts as Kafka's does, and counts more that must not be taken for it. */
    private static final class Producing extends MockProducer<byte[], byte[]> {
        private double retries;
        private double errors;

        @Override
        public Map<MetricName, Metric> metrics() {
            return Map.of(
                    name("record-retry-total", "producer-topic-metrics"),
                    metric(99),
                    name("record-retry-total", "producer-metrics"),
                    metric(retries),
                    name("record-error-total", "producer-metrics"),
                    metric(errors));
        }

        private static MetricName name(String name, String group) {
            return new MetricName(name, group, "", Map.of());
        }

        private static Metric metric(double value) {
            return new Metric() {
                @Override
                public MetricName metricName() {
                    return name("", "");
                }

                @Override
                public Object metricValue() {
                    return value;
                }
            };
        }
    }

    private ReplayMeters meters(ReplayConfig config) {
        return new ReplayMeters(registry, config, counters, () -> phase);
    }

    private double count(String disposition) {
        return registry.get("understudy.replay.exchanges")
                .tag("disposition", disposition)
                .counter()
                .count();
    }

    private Timer answers(String arm) {
        return registry.get("understudy.replay.answer").tag("arm", arm).timer();
    }

    private double gauge(String name) {
        return registry.get("understudy.replay." + name).gauge().value();
    }

    private double function(String name) {
        Meter meter = registry.get("understudy.replay." + name).functionCounter();
        return meter.measure().iterator().next().getValue();
    }

    private static ArmAnswer answer(Arm arm, boolean brokenOff) {
        return new ArmAnswer(arm, true, Unpooled.EMPTY_BUFFER, 0, 0, 250_000, brokenOff);
    }

    private static Outcome outcome(Disposition disposition, long lagNanos, ArmAnswer... answers) {
        return new Outcome(
                new ExchangeId(1, 1),
                1,
                "",
                "",
                disposition,
                "",
                Set.of(),
                TransactionStatus.IDLE,
                TransactionStatus.IDLE,
                7_500_000,
                7_600_000,
                lagNanos,
                false,
                List.of(),
                Unpooled.EMPTY_BUFFER,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                List.of(answers),
                List.of());
    }
}
