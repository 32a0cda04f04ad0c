package dev.understudy.capture;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All meters of a capture; {@code docs/metrics.md} lists them as Prometheus shows them. They read the agent's own counts
 * when somebody asks, so that what relays and records pays nothing for them.
 */
public final class CaptureMeters {
    private static final String PREFIX = "understudy.capture.";

    private final CaptureAgent agent;
    private final MeterRegistry registry;

    private CaptureMeters(CaptureAgent agent, MeterRegistry registry) {
        this.agent = agent;
        this.registry = registry;
    }

    /** Declares the agent's meters. */
    public static void bind(CaptureAgent agent, CaptureConfig config, MeterRegistry registry) {
        CaptureMeters meters = new CaptureMeters(agent, registry);
        meters.exchanges("recorded", CaptureLedger::recorded);
        meters.exchanges("skipped", CaptureLedger::skipped);
        meters.exchanges("lost", CaptureLedger::lost);
        meters.count(
                "forwarded",
                "Exchanges whose answer's end went to the client, or that broke off",
                CaptureLedger::forwarded);
        meters.count("opaque.sessions", "Sessions that were relayed unread", CaptureLedger::opaque);
        meters.count("chunks", "Chunks closed", CaptureLedger::chunks);
        meters.count(
                "chunks.acknowledged",
                "Chunks that Kafka has taken, those of earlier starts included",
                CaptureLedger::acknowledgedChunks);
        meters.count(
                "recorder.failures", "Errors of the recorder's own; 0 unless there is a bug", CaptureLedger::failures);
        FunctionCounter.builder(PREFIX + "sink.failures", agent, CaptureAgent::sinkFailures)
                .description("How often chunks could not be sent to Kafka, and were kept to be sent again")
                .register(registry);
        meters.gauge("sessions", "Sessions open", null, CaptureLedger::sessions);
        meters.gauge("spool", "Bytes that wait on disk for Kafka", BaseUnits.BYTES, CaptureLedger::spooledBytes);
        Gauge.builder(PREFIX + "spool.limit", config, c -> c.limits().spoolBytes())
                .description("So many may; what then happens says --on-full")
                .baseUnit(BaseUnits.BYTES)
                .strongReference(true)
                .register(registry);
        Gauge.builder(PREFIX + "info", () -> 1)
                .description("Which capture this is; always 1")
                .tag("capture", config.capture())
                .register(registry);
    }

    private void exchanges(String outcome, ToDoubleFunction<CaptureLedger> count) {
        FunctionCounter.builder(PREFIX + "exchanges", agent, a -> count.applyAsDouble(a.ledger()))
                .description(
                        "Exchanges accounted for: in the trace or on their way there, left out by policy, or in a gap")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void count(String name, String description, ToDoubleFunction<CaptureLedger> count) {
        FunctionCounter.builder(PREFIX + name, agent, a -> count.applyAsDouble(a.ledger()))
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, @Nullable String unit, ToDoubleFunction<CaptureLedger> value) {
        Gauge.builder(PREFIX + name, agent, a -> value.applyAsDouble(a.ledger()))
                .description(description)
                .baseUnit(unit)
                .strongReference(true)
                .register(registry);
    }
}
