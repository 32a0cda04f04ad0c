package dev.understudy.capture;

import dev.understudy.pgwire.ConnectionInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An agent in a JVM of its own, so that it can be killed. */
final class AgentProcess implements AutoCloseable {
    private final Process process;
    final int port;

    private AgentProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static CaptureConfig config(String capture, int upstreamPort, String database, String bootstrap, Path dataDir) {
        return CaptureConfig.defaults(
                capture,
                "127.0.0.1",
                0,
                new ConnectionInfo("127.0.0.1", upstreamPort, database, "postgres", "", "disable", Map.of()),
                Map.of("bootstrap.servers", bootstrap),
                dataDir);
    }

    /** Arguments: capture, upstream port, database, bootstrap servers, data directory. */
    public static void main(String[] args) throws InterruptedException {
        CaptureAgent agent =
                CaptureAgent.start(config(args[0], Integer.parseInt(args[1]), args[2], args[3], Path.of(args[4])));
        System.out.println("port=" + agent.boundPort());
        agent.awaitTermination();
    }

    static AgentProcess start(String capture, int upstreamPort, String database, String bootstrap, Path dataDir)
            throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentProcess.class.getName(),
                        capture,
                        String.valueOf(upstreamPort),
                        database,
                        bootstrap,
                        dataDir.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null || !line.startsWith("port=")) {
            process.destroyForcibly();
            throw new IOException("expected port=, found " + line);
        }
        return new AgentProcess(process, Integer.parseInt(line.substring("port=".length())));
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
