package dev.understudy.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.CommandLineRun;
import dev.understudy.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a flag is said before anything is asked of Kafka or a target. */
class ReplayFlagsTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--allow all | --allow=all: expected one of dblink,",
                "--map-user a | --map-user=a: expected FROM=TO",
                "--map-user a=b,a=c | --map-user=a=c: a is mapped to b already",
                "--map-database =x | --map-database==x: expected FROM=TO",
                "--share 3/2 | --share=3/2: expected I/N",
                "--filter role=x | --filter=role=x: expected user=",
                "--from yesterday | --from=yesterday: expected a time as RFC 3339",
                "--from 2026-11-20T09:00:00Z --until 2026-11-20T08:00:00Z | --until: expected a time behind",
                "--max-connections 0 | --max-connections=0: expected 1 to 10000",
                "--speed 0 | --speed=0: expected max"
            })
    void whatIsWrongIsSaid(String flags, String said) {
        CommandLineRun run = replay(flags.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(said);
    }

    @Test
    void aRunNeedsANameUnlessItIsDry() {
        CommandLineRun run = CommandLineRun.of(
                Map.of(), home, "replay", "--capture", "c", "--target", "postgres://127.0.0.1:1/x", "--share", "3/2");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Missing required option: '--run=NAME'");
    }

    @Test
    void aFileHasTheSameFlagsWithLists() throws IOException {
        Path file = home.resolve("understudy.yaml");
        Files.writeString(file, """
                replay:
                  map-user: [a=b, c=d]
                  filter:
                    - user=b
                    - role=x
                  dry-run: true
                  max-connections: 7
                """);

        CommandLineRun run = replay("--config", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--filter=role=x: expected user=");
    }

    private CommandLineRun replay(String... more) {
        List<String> args = new ArrayList<>(
                List.of("replay", "--capture", "c", "--run", "r", "--target", "postgres://127.0.0.1:1/x"));
        args.addAll(List.of(more));
        return CommandLineRun.of(Map.of(), home, args.toArray(String[]::new));
    }
}
