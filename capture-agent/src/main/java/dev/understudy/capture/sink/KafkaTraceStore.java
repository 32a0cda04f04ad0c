package dev.understudy.capture.sink;

import dev.understudy.capture.CaptureException;
import java.time.Duration;
import java.util.Map;

/** A trace in Kafka. */
public final class KafkaTraceStore implements TraceStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final String capture;
    private final Map<String, String> kafka;

    /** The trace of a capture, with Kafka properties as the user gave them. */
    public KafkaTraceStore(String capture, Map<String, String> kafka) {
        this.capture = capture;
        this.kafka = Map.copyOf(kafka);
    }

    @Override
    public void prepare(int lanes, boolean first) {
        try (TraceTopic topic = new TraceTopic(capture, kafka, TIMEOUT)) {
            topic.ensure(lanes);
            if (first && !topic.isEmpty(lanes)) {
                throw new CaptureException(
                        CaptureException.Category.INVALID,
                        "capture=" + capture + ": it holds a trace already, but its counter is not in this data"
                                + " directory; use the one that it was captured with, or choose another name");
            }
        }
    }

    @Override
    public ChunkSink open() {
        return new KafkaChunkSink(capture, kafka);
    }
}
