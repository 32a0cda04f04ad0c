package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's own client programs, where the machine has them. */
final class PostgresTools {
    private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");

    private PostgresTools() {}

    static void require(String program) {
        assumeTrue(Files.isExecutable(BIN.resolve(program)), () -> program + " is not installed in " + BIN);
    }

    /** Runs a program against a server on loopback; answers its output, which must not tell of an error. */
    static String run(String program, int port, String database, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(program, port, database, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    static Process start(String program, int port, String database, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                BIN.resolve(program).toString(), "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", "postgres"));
        command.addAll(List.of(arguments));
        command.add(database);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
