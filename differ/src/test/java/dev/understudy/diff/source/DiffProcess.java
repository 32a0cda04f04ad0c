package dev.understudy.diff.source;

import dev.understudy.diff.Diff;
import dev.understudy.diff.DiffConfig;
import dev.understudy.diff.report.JsonReport;
import dev.understudy.diff.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@code diff} in a JVM of its own, which waits for a word before it begins. */
final class DiffProcess implements AutoCloseable {
    private static final long WITHIN_MINUTES = 5;

    private final Process process;
    private final BufferedReader output;
    private final Path report;

    private DiffProcess(Process process, Path report) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.report = report;
    }

    /** The properties that all of a test's processes have: small steps, and soon noticed when dead. */
    static Map<String, String> kafka(String bootstrap) {
        return Map.of("bootstrap.servers", bootstrap, "session.timeout.ms", "1000", "max.poll.records", "5");
    }

    /** Arguments: bootstrap servers, run, file for the report. */
    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        Report report = Diff.run(
                new DiffConfig(args[1], null, kafka(args[0])), (read, expected) -> System.out.println("read=" + read));
        Files.writeString(Path.of(args[2]), new JsonReport().write(report));
    }

    /** Starts one that waits. */
    static DiffProcess start(String bootstrap, String run, Path report) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DiffProcess.class.getName(),
                        bootstrap,
                        run,
                        report.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new DiffProcess(process, report);
    }

    /** Lets it begin. */
    DiffProcess go() throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals("ready")) {
            line = output.readLine();
        }
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return this;
    }

    /** The next count of outcomes that it tells of; -1 if it has ended. */
    long read() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("read=")) {
                return Long.parseLong(line.substring("read=".length()));
            }
        }
        return -1;
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until it ends by itself, and gives its report. */
    String report() throws IOException, InterruptedException, TimeoutException {
        while (read() >= 0) {
            // What it tells is taken, or it would wait for that.
        }
        if (!process.waitFor(WITHIN_MINUTES, TimeUnit.MINUTES)) {
            throw new TimeoutException("expected the diff to end within " + WITHIN_MINUTES + " min");
        }
        return Files.readString(report);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
