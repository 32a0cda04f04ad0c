package dev.understudy.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, Set<String>> FLAGS = Map.of(
            "replay", Set.of("target", "speed", "data-dir"),
            "diff", Set.of("run", "data-dir"));

    @TempDir
    Path folder;

    @Test
    void aFlagStandsUnderItsCommandOrAtTheTop() throws IOException {
        Settings settings = read("""
                # comment
                data-dir: /everywhere
                replay:
                  target: postgres://h/d
                  speed: 2
                diff: {data-dir: /only-diff}
                """, Map.of());

        assertThat(settings.value("replay", "data-dir")).hasValue(new Settings.Value("/everywhere", at(2, 11)));
        assertThat(settings.value("diff", "data-dir")).map(Settings.Value::text).hasValue("/only-diff");
        assertThat(settings.value("replay", "speed")).map(Settings.Value::text).hasValue("2");
        assertThat(settings.value("diff", "run")).isEmpty();
    }

    @Test
    void theEnvironmentCountsMoreThanTheFile() throws IOException {
        Map<String, String> environment = Map.of(
                "UNDERSTUDY_DATA_DIR", "/of-the-environment",
                "UNDERSTUDY_DIFF_DATA_DIR", "/of-diff",
                "UNDERSTUDY_REPLAY_SPEED", "");
        Settings settings = read("data-dir: /of-the-file\nreplay: {data-dir: /of-replay, speed: 3}\n", environment);

        assertThat(settings.value("replay", "data-dir"))
                .hasValue(new Settings.Value("/of-the-environment", "UNDERSTUDY_DATA_DIR"));
        assertThat(settings.value("diff", "data-dir"))
                .hasValue(new Settings.Value("/of-diff", "UNDERSTUDY_DIFF_DATA_DIR"));
        assertThat(settings.value("replay", "speed")).map(Settings.Value::text).hasValue("3");
    }

    @Test
    void variablesAreReplaced() throws IOException {
        Settings settings = read("""
                replay:
                  target: postgres://${USER_NAME}@${HOST:-localhost}/$$x${EMPTY:-none}
                  speed: ${UNSET:-}
                kafka:
                  sasl.jaas.config: a ${USER_NAME};
                  client.id: ""
                  nested.list: [a, b]
                """, Map.of("USER_NAME", "me$1\\", "EMPTY", ""));

        assertThat(settings.value("replay", "target"))
                .map(Settings.Value::text)
                .hasValue("postgres://me$1\\@localhost/$xnone");
        assertThat(settings.value("replay", "speed")).isEmpty();
        assertThat(settings.kafka())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("sasl.jaas.config", "a me$1\\;", "client.id", "", "nested.list", "a,b"));
    }

    @Test
    void noFileAndAnEmptyFileSetNothing() throws IOException {
        assertThat(Settings.read(null, FLAGS, Map.of()).value("diff", "run")).isEmpty();
        for (String empty : new String[] {"", "# only a comment\n", "---\n", "replay:\n"}) {
            assertThat(read(empty, Map.of()).byCommand()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "replya: {target: x}           | :1:1: unknown key 'replya'; did you mean 'replay'?",
                "replay: {targt: x}            | :1:10: unknown key 'targt'; did you mean 'target'?",
                "diff: {target: x}             | :1:8: unknown key 'target'",
                "dta-dir: x                    | :1:1: unknown key 'dta-dir'; did you mean 'data-dir'?",
                "data-dir:                     | :1:1: expected a value for 'data-dir'",
                "data-dir: {a: b}              | expected a value for 'data-dir', found a block",
                "replay: text                  | :1:9: expected 'name: value' below this key",
                "[a]                           | :1:1: expected flags as 'name: value'",
                "just text                     | expected flags as 'name: value'",
                "data-dir: ${NOT_SET}          | :1:11: the environment variable NOT_SET is not set",
                "data-dir: ${not-a-name}       | expected ${NAME} or ${NAME:-default}",
                "data-dir: ${OPEN              | expected ${NAME} or ${NAME:-default}",
                "\"data-dir: a\ndata-dir: b\"  | :2:",
                "\"data-dir: [a\"              | :",
                "\"a: b: c\"                   | :1:",
            })
    void whatIsWrongIsNamedWithFileAndLine(String text, String expected) {
        assertThatThrownBy(() -> read(text, Map.of()))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith(folder.resolve("understudy.yaml").toString())
                .hasMessageContaining(expected);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Settings.read(folder.resolve("gone.yaml"), FLAGS, Map.of()))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("gone.yaml: no such file");
    }

    private Settings read(String text, Map<String, String> environment) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("understudy.yaml"), text), FLAGS, environment);
    }

    private String at(int line, int column) {
        return folder.resolve("understudy.yaml") + ":" + line + ":" + column;
    }
}
