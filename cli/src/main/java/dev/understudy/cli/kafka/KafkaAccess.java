package dev.understudy.cli.kafka;

import dev.understudy.cli.CommandException;
import dev.understudy.lab.broker.SharedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A command's way to Kafka: the user's own cluster, or the data directory's embedded broker, held as long as this is
 * open.
 */
public final class KafkaAccess implements AutoCloseable {
    /** The property that names the cluster. */
    public static final String BOOTSTRAP = "bootstrap.servers";

    private static final Duration BROKER_STARTS_WITHIN = Duration.ofSeconds(90);
    private static final int CLUSTER_ANSWERS_WITHIN_SECONDS = 10;

    private final Map<String, String> properties;
    private final @Nullable SharedBroker held;

    private KafkaAccess(Map<String, String> properties, @Nullable SharedBroker held) {
        this.properties = properties;
        this.held = held;
    }

    /**
     * Uses a cluster, once it has answered.
     *
     * @param properties client properties, {@value #BOOTSTRAP} among them
     * @throws CommandException if it does not answer
     */
    public static KafkaAccess cluster(Map<String, String> properties) {
        KafkaAccess access = new KafkaAccess(Map.copyOf(properties), null);
        access.check();
        return access;
    }

    /** Uses a cluster without asking whether it answers: for who can do without it for a while. */
    public static KafkaAccess uncheckedCluster(Map<String, String> properties) {
        return new KafkaAccess(Map.copyOf(properties), null);
    }

    /**
     * Holds the embedded broker of a data directory, starting it if need be.
     *
     * @param properties further client properties
     * @param launch the command line that starts a broker
     * @throws IOException if it does not come up
     */
    public static KafkaAccess embedded(Map<String, String> properties, Path dataDir, List<String> launch)
            throws IOException {
        SharedBroker broker = SharedBroker.hold(dataDir, launch, BROKER_STARTS_WITHIN);
        return new KafkaAccess(with(properties, broker.bootstrapServers()), broker);
    }

    /** Properties for any Kafka client. */
    public Map<String, String> properties() {
        return properties;
    }

    /** Where the brokers are, for people. */
    public String bootstrapServers() {
        return String.valueOf(properties.get(BOOTSTRAP));
    }

    /** Whether it is the embedded broker. */
    public boolean isEmbedded() {
        return held != null;
    }

    /** Opens an admin client, which the caller closes. */
    public Admin admin() {
        return Admin.create(new LinkedHashMap<String, Object>(properties));
    }

    @Override
    public void close() throws IOException {
        if (held != null) {
            held.close();
        }
    }

    private void check() {
        Admin admin;
        try {
            admin = admin();
        } catch (KafkaException e) {
            throw CommandException.usage(
                    "Kafka's client refuses its properties: " + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    "they come from --bootstrap-server, --command-config and the kafka: block of --config");
        }
        try {
            admin.describeCluster().nodes().get(CLUSTER_ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(e);
        } finally {
            // Without a bound it would wait for what has just been given up.
            admin.close(Duration.ZERO);
        }
    }

    private CommandException unreachable(Throwable cause) {
        return CommandException.unreachable(
                "Kafka does not answer within " + CLUSTER_ANSWERS_WITHIN_SECONDS + " s, bootstrap-server="
                        + bootstrapServers(),
                "check the address and the security settings (--command-config); without --bootstrap-server an"
                        + " embedded broker serves",
                cause);
    }

    private static Map<String, String> with(Map<String, String> properties, String bootstrapServers) {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put(BOOTSTRAP, bootstrapServers);
        return Map.copyOf(all);
    }
}
