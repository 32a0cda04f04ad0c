package dev.understudy.cli.kafka;

import dev.understudy.trace.TopicNames;
import dev.understudy.trace.run.ControlCodec;
import dev.understudy.trace.run.ControlEntry;
import dev.understudy.trace.run.RunEnd;
import dev.understudy.trace.run.RunStart;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The runs that Kafka holds. */
public final class Runs {
    private final KafkaAccess kafka;

    /** Those of this cluster. */
    public Runs(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * A run.
     *
     * @param name its name
     * @param start how it began; empty where it had not got so far
     * @param end how it ended; empty while it goes on, and where it was killed
     */
    public record Listed(String name, Optional<RunStart> start, Optional<RunEnd> end) {}

    /** All of them, by name. */
    public List<Listed> list() throws InterruptedException, ExecutionException {
        TreeSet<String> names = new TreeSet<>();
        try (Admin admin = kafka.admin()) {
            for (String topic : admin.listTopics().names().get()) {
                TopicNames.runOf(topic).ifPresent(names::add);
            }
        }
        List<Listed> runs = new ArrayList<>();
        for (String name : names) {
            runs.add(read(name));
        }
        return runs;
    }

    private Listed read(String name) {
        List<ControlEntry> entries = new ArrayList<>();
        TopicReader.read(
                kafka.properties(),
                TopicNames.control(name),
                record -> entries.add(ControlCodec.read(Unpooled.wrappedBuffer(record.value()))));
        return new Listed(name, last(entries, RunStart.class), last(entries, RunEnd.class));
    }

    private static <T> Optional<T> last(List<ControlEntry> entries, Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast).reduce((a, b) -> b);
    }
}
