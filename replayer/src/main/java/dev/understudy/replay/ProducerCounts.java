package dev.understudy.replay;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * What Kafka's producer counts of its own trouble. Its counts go with it when it is closed, so the highest ones seen are
 * kept. Safe for use by several threads.
 */
final class ProducerCounts {
    private static final String GROUP = "producer-metrics";

    private final Producer<?, ?> producer;
    private double retries;
    private double errors;

    ProducerCounts(Producer<?, ?> producer) {
        this.producer = producer;
    }

    /** Records that were sent once more. */
    synchronized double retries() {
        retries = Math.max(retries, read("record-retry-total"));
        return retries;
    }

    /** Records that were given up. */
    synchronized double errors() {
        errors = Math.max(errors, read("record-error-total"));
        return errors;
    }

    private double read(String name) {
        for (Map.Entry<MetricName, ? extends Metric> metric : producer.metrics().entrySet()) {
            if (metric.getKey().name().equals(name)
                    && metric.getKey().group().equals(GROUP)
                    && metric.getValue().metricValue() instanceof Number number) {
                return number.doubleValue();
            }
        }
        return 0;
    }
}
