package dev.understudy.capture;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.trace.TopicNames;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a capture agent does.
 *
 * @param capture the capture's name, see {@link TopicNames#NAME}
 * @param listenHost where clients connect; empty for every interface
 * @param listenPort where clients connect; 0 for any free port
 * @param upstream the captured server, and the database and role with which the agent reads the catalog
 * @param kafka properties for Kafka's clients, {@code bootstrap.servers} among them
 * @param dataDir where counter and spool stand
 * @param lanes how many event loops, recorder threads and Kafka partitions there are
 * @param limits the bounds of everything
 * @param onFull what happens at the spool's bound
 */
public record CaptureConfig(
        String capture,
        String listenHost,
        int listenPort,
        ConnectionInfo upstream,
        Map<String, String> kafka,
        Path dataDir,
        int lanes,
        CaptureLimits limits,
        OnFull onFull) {
    private static final int MAX_LANES = 256;
    private static final int MAX_PORT = 65_535;
    private static final Set<String> PLAINTEXT_MODES = Set.of("", "disable", "allow", "prefer");

    /** Checks every value. */
    public CaptureConfig {
        if (!TopicNames.NAME.matcher(capture).matches()) {
            throw invalid("capture=" + capture
                    + ": expected letters, digits, '.', '_' or '-', at most 100, first a letter or digit");
        }
        if (listenPort < 0 || listenPort > MAX_PORT) {
            throw invalid("listenPort=" + listenPort + ": expected 0 to " + MAX_PORT);
        }
        if (lanes < 1 || lanes > MAX_LANES) {
            throw invalid("lanes=" + lanes + ": expected 1 to " + MAX_LANES);
        }
        if (!PLAINTEXT_MODES.contains(upstream.sslMode())) {
            throw invalid("sslmode=" + upstream.sslMode() + " upstream=" + upstream
                    + ": the agent does not speak TLS to the server yet; expected disable, allow or prefer");
        }
        kafka = Map.copyOf(kafka);
    }

    /** A capture with the defaults for everything that has one. */
    public static CaptureConfig defaults(
            String capture,
            String listenHost,
            int listenPort,
            ConnectionInfo upstream,
            Map<String, String> kafka,
            Path dataDir) {
        int lanes = Math.min(2, Runtime.getRuntime().availableProcessors());
        return new CaptureConfig(
                capture, listenHost, listenPort, upstream, kafka, dataDir, lanes, CaptureLimits.defaults(), OnFull.GAP);
    }

    /** The same with another number of lanes. */
    public CaptureConfig withLanes(int count) {
        return new CaptureConfig(capture, listenHost, listenPort, upstream, kafka, dataDir, count, limits, onFull);
    }

    /** The same with other bounds. */
    public CaptureConfig withLimits(CaptureLimits other) {
        return new CaptureConfig(capture, listenHost, listenPort, upstream, kafka, dataDir, lanes, other, onFull);
    }

    /** The same with another choice for a full spool. */
    public CaptureConfig withOnFull(OnFull other) {
        return new CaptureConfig(capture, listenHost, listenPort, upstream, kafka, dataDir, lanes, limits, other);
    }

    /** Where everything of this capture stands on disk. */
    public Path captureDir() {
        return dataDir.resolve("capture").resolve(capture);
    }

    private static CaptureException invalid(String message) {
        return new CaptureException(CaptureException.Category.INVALID, message);
    }
}
