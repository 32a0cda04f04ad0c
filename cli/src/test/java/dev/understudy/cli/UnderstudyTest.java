package dev.understudy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstudyTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                           | Missing command",
                "captrues                                   | understudy captures",
                "audit                                      | Missing required option: '--capture=NAME'",
                "audit --capture                            | '--capture'",
                "audit --captur x                           | --capture",
                "audit --capture a/b                        | --capture=a/b: expected letters",
                "captures --format yaml                     | expected one of",
                "mark --target host=h --until 2030-13-01        | a day such as 2027-01-31",
                "replay --capture c --run r --target host=h --speed fast | expected max",
                "replay --capture c --run r --target nonsense  | expected postgres:",
                "captures stray                             | stray",
                "diff --run r --baseline neither            | '--baseline'",
                "diff --run r --expect f                    | not in this version yet",
                "report --run r -o out --format html        | html is not in this version yet",
                "report --run r -o out --format pdf         | expected [json, md]",
                "captures --bootstrap-server nonsense       | expected HOST:PORT",
                "captures --command-config gone             | gone",
                "captures --config gone.yaml                | gone.yaml: no such file",
                "captures --config                          | --config",
            })
    void wrongUsageExitsTwoAndSaysWhatWasExpected(String line, String expected) {
        CommandLineRun run = run(line == null ? new String[0] : line.split(" "));

        assertThat(run.err()).contains(expected);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "captures --help", "broker --help", "completion", "--version"})
    void helpIsAResult(String line) {
        CommandLineRun run = run(line.split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isNotBlank();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theBrokersCommandIsNotShown() {
        assertThat(run("--help").out()).contains("captures").doesNotContain("broker ");
    }

    @Test
    void aWrongValueFromAFileOrTheEnvironmentIsNamedWithItsPlace() throws IOException {
        Path config = Files.writeString(home.resolve("u.yaml"), "captures:\n  format: yaml\n");

        assertThat(run("captures", "--config", config.toString()).err()).contains(config + ":2:11: ", "'--format'");
        assertThat(CommandLineRun.of(Map.of("UNDERSTUDY_CAPTURES_FORMAT", "xml"), home, "captures")
                        .err())
                .contains("UNDERSTUDY_CAPTURES_FORMAT: ", "'--format'");
    }

    @Test
    void flagsCountMoreThanTheFile() throws IOException {
        Path config = Files.writeString(home.resolve("u.yaml"), "format: yaml\nrun: from/file\n");

        CommandLineRun run = run("diff", "--run", "from/flag", "--config=" + config);

        assertThat(run.err()).contains("from/flag").doesNotContain("from/file");
        assertThat(run("diff", "--config", config.toString()).err()).contains("--run=from/file");
    }

    @Test
    void theFileMayComeFromTheEnvironment() {
        CommandLineRun run = CommandLineRun.of(Map.of("UNDERSTUDY_CONFIG", "/gone/u.yaml"), home, "captures");

        assertThat(run.err()).contains("/gone/u.yaml: no such file");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aDataDirectoryThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");

        CommandLineRun run = run("captures", "--data-dir", file.toString());

        assertThat(run.err()).contains(file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private CommandLineRun run(String... args) {
        return CommandLineRun.of(Map.of(), home, args);
    }
}
