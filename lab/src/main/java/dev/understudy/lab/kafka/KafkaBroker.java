package dev.understudy.lab.kafka;

import java.io.IOException;

/** A running broker, however it came to run. */
public interface KafkaBroker extends AutoCloseable {
    /** What a client takes as {@code bootstrap.servers}. */
    String bootstrapServers();

    /**
     * Stops it cleanly; what clients had acknowledged stays. Further calls do nothing.
     *
     * @throws IOException if its files cannot be closed
     */
    @Override
    void close() throws IOException;
}
