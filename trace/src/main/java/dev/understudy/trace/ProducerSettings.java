package dev.understudy.trace;

import java.util.Map;

/** What every Kafka producer of Understudy's topics is set to, whatever else its user asks for. */
public final class ProducerSettings {
    /**
     * Nothing is lost or written twice, and each partition has its records in the order of sending.
     *
     * <p>One batch is in flight at a time. An idempotent producer keeps the order of five; but a broker that does not
     * lead a new topic yet refuses the first batch, and may take the second for the first: it then refuses the first
     * until it is given up.
     */
    public static final Map<String, Object> REQUIRED =
            Map.of("acks", "all", "enable.idempotence", true, "max.in.flight.requests.per.connection", 1);

    private ProducerSettings() {}
}
