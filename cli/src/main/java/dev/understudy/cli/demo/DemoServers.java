package dev.understudy.cli.demo;

import dev.understudy.lab.ExitGuard;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * What the demo runs on: a PostgreSQL server and Kafka, started side by side, in a folder that goes afterwards, after
 * {@code ^C} too.
 */
public final class DemoServers implements AutoCloseable {
    private final Path folder;
    private final ExitGuard guard = new ExitGuard("demo-closer");
    private final CompletableFuture<EmbeddedDatabase> postgres;
    private final CompletableFuture<StartedKafka> kafka;

    private DemoServers(Path folder, KafkaStarter startKafka) {
        this.folder = folder;
        this.postgres = starting(() -> EmbeddedDatabase.start(folder.resolve("postgres")));
        this.kafka = starting(() -> startKafka.start(folder.resolve("kafka")));
        guard.started(this);
    }

    /** How to start or find Kafka. */
    public interface KafkaStarter {
        /**
         * Does so.
         *
         * @param folder for its log, if it needs one; goes with the demo
         */
        StartedKafka start(Path folder) throws Exception;
    }

    /**
     * Kafka, as it was started.
     *
     * @param handle closed with the rest; bears being closed twice
     * @param properties how to reach it
     */
    public record StartedKafka(AutoCloseable handle, Map<String, String> properties) {}

    /**
     * Starts both.
     *
     * @param startKafka how to start or find Kafka; run on another thread
     */
    static DemoServers start(KafkaStarter startKafka) throws Exception {
        DemoServers servers = new DemoServers(Files.createTempDirectory("understudy-demo-"), startKafka);
        try {
            CompletableFuture.allOf(servers.postgres, servers.kafka).join();
            return servers;
        } catch (CompletionException e) {
            servers.close();
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The folder, for whatever else the demo needs on disk. */
    Path folder() {
        return folder;
    }

    /** The server: production and its copies are databases of it. */
    EmbeddedDatabase postgres() {
        return postgres.join();
    }

    /** How to reach Kafka. */
    Map<String, String> kafkaProperties() {
        return kafka.join().properties();
    }

    @Override
    public synchronized void close() throws Exception {
        // Closed in reverse, each even if one before it fails.
        try (AutoCloseable last = () -> delete(folder);
                AutoCloseable second = () -> close(kafka.thenApply(StartedKafka::handle));
                AutoCloseable first = () -> close(postgres)) {
            guard.dismiss();
        }
    }

    private static <T> CompletableFuture<T> starting(Callable<T> start) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return start.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private static void close(CompletableFuture<? extends AutoCloseable> server) throws Exception {
        AutoCloseable running = server.handle((started, failure) -> started).join();
        if (running != null) {
            running.close();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
