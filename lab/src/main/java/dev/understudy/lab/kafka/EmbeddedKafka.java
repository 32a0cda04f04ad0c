package dev.understudy.lab.kafka;

import dev.understudy.lab.FolderLock;
import dev.understudy.lab.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own server in this process: one node that is broker and controller, on loopback, its log in a folder. A
 * restart on the same folder finds its topics again. Sized for a laptop, not for production.
 *
 * <p>Every method may be called by any thread.
 */
public final class EmbeddedKafka implements KafkaBroker {
    /** The largest record that it takes, in bytes. */
    public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int NODE_ID = 1;
    private static final int START_ATTEMPTS = 3;
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(60);
    private static final String CONTROLLER = "CONTROLLER";
    private static final String LOOPBACK = "127.0.0.1";

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final Path folder;
    private final boolean temporary;
    private final FolderLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(
            KafkaRaftServer server, String bootstrapServers, Path folder, boolean temporary, FolderLock lock) {
        this.server = server;
        this.folder = folder;
        this.temporary = temporary;
        this.lock = lock;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker on a port of its own choice and waits until it serves.
     *
     * @param folder where its log is or shall be; made if missing; one broker at a time
     * @throws IOException if it cannot start, such as when another broker holds the folder
     */
    public static EmbeddedKafka start(Path folder) throws IOException {
        return start(folder, 0);
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param folder where its log is or shall be; made if missing; one broker at a time
     * @param port the port on loopback, 0 for one of its own choice
     * @throws IOException if it cannot start, such as when another broker holds the folder or the port
     */
    public static EmbeddedKafka start(Path folder, int port) throws IOException {
        return start(folder, port, false);
    }

    /**
     * Starts a broker in a temporary folder, which goes when the broker is closed.
     *
     * @throws IOException if it cannot start
     */
    public static EmbeddedKafka startTemporary() throws IOException {
        Path folder = Files.createTempDirectory("understudy-kafka-");
        return start(folder, 0, true);
    }

    private static EmbeddedKafka start(Path folder, int port, boolean temporary) throws IOException {
        Files.createDirectories(folder);
        // Kafka takes its own lock only after a second server has written into the first one's metadata.
        FolderLock lock = FolderLock.tryLock(folder.resolve(".understudy-lock"))
                .orElseThrow(() -> new IOException("another embedded broker runs on the folder, folder=" + folder));
        try {
            format(folder);
            return startSomewhere(folder, port, temporary, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedKafka startSomewhere(Path folder, int port, boolean temporary, FolderLock lock)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            int[] free = FreePort.find(2);
            int brokerPort = port == 0 ? free[0] : port;
            try {
                return startOnce(folder, brokerPort, free[1], temporary, lock);
            } catch (IOException e) {
                // The system may have given a free port away in between; a given port stays taken.
                if (port != 0 || attempt == START_ATTEMPTS || !isPortTaken(e)) {
                    throw e;
                }
                LOG.info("port was taken meanwhile, trying others port={}", brokerPort);
            }
        }
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Its port on loopback. */
    public int port() {
        return Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
    }

    /** Where its log is. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            shutdown(server);
            lock.close();
            if (temporary) {
                deleteTree(folder);
            }
        }
    }

    /** Kafka itself would wait minutes for what does not come any more. */
    private static void shutdown(KafkaRaftServer server) throws IOException {
        Thread thread = new Thread(
                () -> {
                    server.shutdown();
                    server.awaitShutdown();
                },
                "embedded-kafka-shutdown");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(CLOSED_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IOException("the broker does not shut down within " + CLOSED_WITHIN.toSeconds() + " s");
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Writes the cluster's identity, where there is none yet. */
    private static void format(Path folder) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Formatter formatter = new Formatter()
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(CONTROLLER)
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8));
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException(
                    "cannot prepare the broker's folder, folder=" + folder + " said=" + said + ": " + e.getMessage(),
                    e);
        }
    }

    private static EmbeddedKafka startOnce(
            Path folder, int port, int controllerPort, boolean temporary, FolderLock lock) throws IOException {
        String bootstrap = LOOPBACK + ":" + port;
        KafkaRaftServer server;
        try {
            server = new KafkaRaftServer(new KafkaConfig(settings(folder, port, controllerPort), false), Time.SYSTEM);
        } catch (RuntimeException e) {
            throw cannotStart(folder, port, e);
        }
        try {
            server.startup();
            awaitReady(bootstrap);
            return new EmbeddedKafka(server, bootstrap, folder, temporary, lock);
        } catch (IOException | RuntimeException e) {
            shutdown(server);
            throw e instanceof IOException io ? io : cannotStart(folder, port, e);
        }
    }

    private static IOException cannotStart(Path folder, int port, Exception cause) {
        return new IOException(
                "the embedded broker cannot start, folder=" + folder + " port=" + port + ": " + cause.getMessage(),
                cause);
    }

    private static boolean isPortTaken(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof java.net.BindException
                    || (t instanceof KafkaException
                            && String.valueOf(t.getMessage()).contains("Address already in use"))) {
                return true;
            }
        }
        return false;
    }

    private static void awaitReady(String bootstrap) throws IOException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.listTopics().names().get(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the broker started, bootstrap=" + bootstrap, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "the broker does not answer within " + READY_WITHIN.toSeconds() + " s, bootstrap=" + bootstrap, e);
        }
    }

    private static Properties settings(Path folder, int port, int controllerPort) {
        Properties p = new Properties();
        p.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@" + LOOPBACK + ":" + controllerPort,
                "listeners",
                "PLAINTEXT://" + LOOPBACK + ":" + port + "," + CONTROLLER + "://" + LOOPBACK + ":" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://" + LOOPBACK + ":" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                "PLAINTEXT",
                "log.dirs",
                folder.toString()));
        // One node is all there is.
        for (String topic : Set.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "1");
        }
        p.putAll(Map.of(
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "min.insync.replicas", "1"));
        // Ready soon, and gone soon.
        p.putAll(Map.of(
                "broker.heartbeat.interval.ms", "100",
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "controller.quorum.fetch.timeout.ms", "10000",
                "controller.quorum.election.timeout.ms", "500"));
        // Small: it shares a laptop with everything else.
        p.putAll(Map.of(
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "2",
                "num.recovery.threads.per.data.dir", "1",
                "log.cleaner.threads", "1",
                "log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024),
                "log.segment.bytes", Integer.toString(128 * 1024 * 1024),
                "log.index.size.max.bytes", Integer.toString(1024 * 1024)));
        p.putAll(Map.of(
                "log.retention.ms",
                "-1",
                "log.retention.bytes",
                "-1",
                "auto.create.topics.enable",
                "false",
                "message.max.bytes",
                Integer.toString(MAX_MESSAGE_BYTES),
                "replica.fetch.max.bytes",
                Integer.toString(MAX_MESSAGE_BYTES),
                "socket.request.max.bytes",
                Integer.toString(4 * MAX_MESSAGE_BYTES)));
        return p;
    }
}
