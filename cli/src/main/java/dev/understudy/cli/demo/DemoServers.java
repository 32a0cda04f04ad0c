package dev.understudy.cli.demo;

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
import org.slf4j.LoggerFactory;

/**
 * What the demo runs on: a PostgreSQL server and Kafka, started side by side, in a folder that goes afterwards.
 *
 * @param folder the folder
 * @param postgres the server: production and its copies are databases of it
 * @param kafka closed with the rest
 * @param kafkaProperties how to reach Kafka
 */
public record DemoServers(
        Path folder, EmbeddedDatabase postgres, AutoCloseable kafka, Map<String, String> kafkaProperties)
        implements AutoCloseable {
    /** Kafka, as it was started. */
    public record StartedKafka(AutoCloseable handle, Map<String, String> properties) {}

    /**
     * Starts both.
     *
     * @param startKafka how to start or find Kafka; run on another thread
     */
    static DemoServers start(Callable<StartedKafka> startKafka) throws Exception {
        Path folder = Files.createTempDirectory("understudy-demo-");
        CompletableFuture<StartedKafka> starting = CompletableFuture.supplyAsync(() -> {
            try {
                return startKafka.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        try {
            EmbeddedDatabase postgres = EmbeddedDatabase.start(folder.resolve("postgres"));
            try {
                StartedKafka kafka = starting.join();
                DemoServers servers = new DemoServers(folder, postgres, kafka.handle(), kafka.properties());
                // After ^C too, nothing stays behind.
                Runtime.getRuntime().addShutdownHook(new Thread(servers::closeAtExit, "demo-closer"));
                return servers;
            } catch (CompletionException e) {
                postgres.close();
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        } catch (Exception e) {
            delete(folder);
            throw e;
        }
    }

    @Override
    public synchronized void close() throws Exception {
        try (AutoCloseable last = () -> delete(folder);
                AutoCloseable second = kafka;
                AutoCloseable first = postgres) {
            // Closed in reverse, each even if one before it fails.
        }
    }

    private void closeAtExit() {
        try {
            close();
        } catch (Exception e) {
            LoggerFactory.getLogger(DemoServers.class).debug("cannot clean up folder={}", folder, e);
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
