package dev.understudy.diff;

import dev.understudy.trace.TopicNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to compare.
 *
 * @param run the run's name
 * @param baseline what to hold the candidate against; null is the control arm where the run has one, else the recording
 * @param kafka Kafka client properties, passed on verbatim; {@code bootstrap.servers} is needed
 */
public record DiffConfig(String run, @Nullable Baseline baseline, Map<String, String> kafka) {
    /** Checks the name and copies the map. */
    public DiffConfig {
        if (!TopicNames.NAME.matcher(run).matches()) {
            throw new IllegalArgumentException(
                    "run=" + run + ": expected letters, digits, '.', '_' or '-', at most 100, first a letter or digit");
        }
        if (!kafka.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException("kafka: expected bootstrap.servers, found " + kafka.keySet());
        }
        kafka = Map.copyOf(kafka);
    }
}
