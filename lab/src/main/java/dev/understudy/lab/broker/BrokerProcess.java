package dev.understudy.lab.broker;

import dev.understudy.lab.FolderLock;
import dev.understudy.lab.FreePort;
import dev.understudy.lab.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The life of a shared broker's process: what the hidden command {@code understudy broker} runs. */
public final class BrokerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);
    private static final long SHUTDOWN_WITHIN_SECONDS = 30;

    private BrokerProcess() {}

    /**
     * Serves until no command has been connected for a while, or until the process is asked to end; then shuts down
     * cleanly. To be called once, by the main thread.
     *
     * @param dataDir the data directory
     * @param linger how long it stays without a command
     * @return whether it served; false if another broker has the directory
     * @throws IOException if the broker cannot start
     */
    public static boolean run(Path dataDir, Duration linger) throws IOException, InterruptedException {
        ignoreTerminal();
        BrokerFolder folder = new BrokerFolder(dataDir);
        Optional<FolderLock> running = folder.tryRunning();
        if (running.isEmpty()) {
            LOG.info("another broker runs folder={}", folder);
            return false;
        }
        try (FolderLock held = running.get()) {
            folder.withdraw();
            serve(folder, linger);
        }
        return true;
    }

    private static void serve(BrokerFolder folder, Duration linger) throws IOException, InterruptedException {
        String token = UUID.randomUUID().toString();
        CountDownLatch done = new CountDownLatch(1);
        try (EmbeddedKafka kafka = startKafka(folder);
                ControlPort control = new ControlPort(token)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(control, done), "broker-stop"));
            folder.rememberPort(kafka.port());
            folder.publish(new BrokerAddress(
                    kafka.bootstrapServers(),
                    control.port(),
                    token,
                    ProcessHandle.current().pid()));
            LOG.info("serving bootstrap={} linger={}", kafka.bootstrapServers(), linger);
            control.awaitIdle(linger);
            LOG.info("shutting down");
            folder.withdraw();
        } finally {
            done.countDown();
        }
    }

    /** On the last broker's port, so that commands that outlived it go on; on another where that is taken. */
    private static EmbeddedKafka startKafka(BrokerFolder folder) throws IOException {
        OptionalInt last = folder.lastPort();
        if (last.isPresent() && FreePort.isFree(last.getAsInt())) {
            try {
                return EmbeddedKafka.start(folder.kafkaLog(), last.getAsInt());
            } catch (IOException e) {
                LOG.info("not on the last port={}: {}", last.getAsInt(), e.getMessage());
            }
        }
        return EmbeddedKafka.start(folder.kafkaLog());
    }

    /** On SIGTERM: as if idle, and the JVM waits until all is closed. */
    private static void stop(ControlPort control, CountDownLatch done) {
        try {
            control.close();
            if (!done.await(SHUTDOWN_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("not closed within {} s", SHUTDOWN_WITHIN_SECONDS);
            }
        } catch (IOException | InterruptedException e) {
            LOG.warn("cannot stop: {}", e.toString());
        }
    }

    /** Ctrl-C and a closed terminal end the command in front; this process serves others too, and ends by itself. */
    private static void ignoreTerminal() {
        for (String signal : new String[] {"INT", "HUP"}) {
            try {
                Signal.handle(new Signal(signal), SignalHandler.SIG_IGN);
            } catch (IllegalArgumentException e) {
                LOG.debug("signal={} is not to be had here", signal);
            }
        }
    }
}
