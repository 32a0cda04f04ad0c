package dev.understudy.lab.broker;

import dev.understudy.lab.FolderLock;
import dev.understudy.lab.kafka.KafkaBroker;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command's hold on the data directory's broker: found running, else started. The broker stays as long as any command
 * holds it; where it dies all the same, a thread of this hold's starts it again, on its port if that is still free.
 *
 * <p>Every method may be called by any thread.
 */
public final class SharedBroker implements KafkaBroker {
    private static final Logger LOG = LoggerFactory.getLogger(SharedBroker.class);
    private static final long POLL_MILLIS = 25;
    private static final int CONNECT_WITHIN_MILLIS = 2_000;
    private static final int WELCOME_WITHIN_MILLIS = 5_000;
    private static final int LOG_TAIL_LINES = 15;
    private static final long LOG_KEPT_BYTES = 1 << 20;

    private final BrokerFolder folder;
    private final List<String> launch;
    private final Duration within;
    private final String bootstrapServers;
    private Held held;
    private boolean closed;

    private SharedBroker(BrokerFolder folder, List<String> launch, Duration within, Held held) {
        this.folder = folder;
        this.launch = launch;
        this.within = within;
        this.held = held;
        this.bootstrapServers = held.bootstrapServers();
    }

    /** A connection to the broker's control port, and where the broker serves. */
    private record Held(Socket socket, String bootstrapServers) {}

    /**
     * Finds the broker of a data directory or starts one, and holds it.
     *
     * @param dataDir the data directory; made if missing
     * @param launch the command line that runs {@link BrokerProcess#run} on it
     * @param within how long to wait at most
     * @throws BrokerUnavailable if it does not come up
     * @throws IOException if the directory cannot be used
     */
    public static SharedBroker hold(Path dataDir, List<String> launch, Duration within) throws IOException {
        BrokerFolder folder = new BrokerFolder(dataDir);
        SharedBroker broker =
                new SharedBroker(folder, List.copyOf(launch), within, findOrStart(folder, launch, within));
        Thread watch = new Thread(broker::watch, "broker-hold");
        watch.setDaemon(true);
        watch.start();
        return broker;
    }

    private static Held findOrStart(BrokerFolder folder, List<String> launch, Duration within) throws IOException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            Optional<Held> found = find(folder);
            if (found.isPresent()) {
                return found.get();
            }
            // Whoever gets this lock starts the broker; the others come round and find it.
            try (@Nullable FolderLock starting = folder.tryStarting().orElse(null)) {
                if (starting != null && !isRunning(folder)) {
                    return start(folder, launch, deadline);
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw unavailable(
                        folder, "a broker process has the directory but does not serve within " + within, null);
            }
            pause();
        }
    }

    /** Waits for the broker's death, and holds the next one; gives up where there is none to be had. */
    private void watch() {
        for (Held now = current(); now != null; now = current()) {
            try {
                // The broker says no more: this returns when it is gone, or this hold.
                now.socket().getInputStream().read();
            } catch (IOException e) {
                LOG.debug("the hold on the broker broke: {}", e.toString());
            }
            if (current() == null) {
                return;
            }
            try {
                replace(findOrStart(folder, launch, within));
            } catch (IOException e) {
                LOG.warn("the embedded broker has died, and cannot be started again: {}", e.getMessage());
                return;
            }
        }
    }

    private synchronized @Nullable Held current() {
        return closed ? null : held;
    }

    private synchronized void replace(Held next) throws IOException {
        held.socket().close();
        held = next;
        if (closed) {
            next.socket().close();
        } else if (next.bootstrapServers().equals(bootstrapServers)) {
            LOG.warn("the embedded broker had died and runs again, bootstrap={}", bootstrapServers);
        } else {
            LOG.warn(
                    "the embedded broker had died and runs on another port; end this command and start it again, bootstrap={}",
                    next.bootstrapServers());
        }
    }

    /**
     * The command line that runs a main class on this process's Java and class path, sized for a broker.
     *
     * @param mainClass the main class
     * @param arguments its arguments
     */
    public static List<String> javaCommand(String mainClass, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Lets go; the broker ends a while after the last command did so. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        held.socket().close();
    }

    private static Held start(BrokerFolder folder, List<String> launch, long deadline) throws IOException {
        folder.withdraw();
        Process process;
        try {
            process = new ProcessBuilder(launch)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            trimmed(folder.ownLog()).toFile()))
                    .start();
        } catch (IOException e) {
            throw unavailable(folder, "its process cannot be started: " + e.getMessage(), e);
        }
        LOG.debug("started a broker pid={}", process.pid());
        while (System.nanoTime() - deadline < 0) {
            Optional<Held> found = find(folder);
            if (found.isPresent()) {
                return found.get();
            }
            if (!process.isAlive()) {
                throw unavailable(folder, "its process ended with code " + process.exitValue(), null);
            }
            pause();
        }
        process.destroy();
        throw unavailable(folder, "it does not serve in time", null);
    }

    private static boolean isRunning(BrokerFolder folder) throws IOException {
        try (@Nullable FolderLock running = folder.tryRunning().orElse(null)) {
            return running == null;
        }
    }

    /** Takes hold of the broker that the folder's address tells of; empty if there is none, or none any more. */
    private static Optional<Held> find(BrokerFolder folder) throws IOException {
        Optional<BrokerAddress> address = folder.address();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                            address.get().controlPort()),
                    CONNECT_WITHIN_MILLIS);
            socket.setSoTimeout(WELCOME_WITHIN_MILLIS);
            String token = address.get().token();
            socket.getOutputStream().write((token + "\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if ((ControlPort.WELCOME + " " + token).equals(answer)) {
                socket.setSoTimeout(0);
                return Optional.of(new Held(socket, address.get().bootstrapServers()));
            }
        } catch (IOException e) {
            LOG.debug("nobody serves at address={}: {}", address.get(), e.toString());
        }
        socket.close();
        return Optional.empty();
    }

    /** Starts the log anew where it has grown large. */
    private static Path trimmed(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_KEPT_BYTES) {
            Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        }
        return log;
    }

    private static BrokerUnavailable unavailable(BrokerFolder folder, String why, @Nullable Throwable cause) {
        StringBuilder message = new StringBuilder("the embedded broker cannot be used, folder=")
                .append(folder)
                .append(": ")
                .append(why);
        Path log = folder.ownLog();
        if (Files.exists(log)) {
            message.append("; its log is ").append(log).append(tail(log));
        }
        return new BrokerUnavailable(message.toString(), cause);
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
            return last.isEmpty() ? "" : ", which ends:\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return " (which cannot be read: " + e.getMessage() + ")";
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the broker", e);
        }
    }
}
