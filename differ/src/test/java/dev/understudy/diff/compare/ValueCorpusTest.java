package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.Comparisons;
import dev.understudy.pgwire.value.PgType;
import io.netty.buffer.ByteBuf;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pairs of values in answers to {@code SELECT v FROM t}, and what the difference must be called. */
class ValueCorpusTest {
    record Pair(
            String chapter,
            String type,
            @Nullable String before,
            @Nullable String after,
            List<String> classes,
            String transition) {}

    static Stream<Pair> corpus() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ValueCorpusTest.class.getResourceAsStream("/corpus/values.txt")),
                StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ValueCorpusTest::pair)
                    .toList()
                    .stream();
        }
    }

    private static Pair pair(String line) {
        String[] fields = Arrays.stream((line + " ").split(" \\| ?", -1))
                .map(String::strip)
                .toArray(String[]::new);
        assertThat(fields).as(line).hasSize(6);
        return new Pair(
                fields[0],
                fields[1],
                value(fields[2]),
                value(fields[3]),
                fields[4].equals("=") ? List.of() : List.of(fields[4].split(",")),
                fields[5]);
    }

    private static @Nullable String value(String written) {
        if (written.equals("NULL")) {
            return null;
        }
        return written.equals("''")
                ? ""
                : written.replace("\\s", " ")
                        .replace("\\t", "\t")
                        .replace("\\u00e9", "\u00e9")
                        .replace("\\u0301", "\u0301")
                        .replace("\\\\", "\\");
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void namesTheDifference(Pair pair) {
        Comparison comparison =
                Comparisons.compare("SELECT v FROM t", answering(pair, pair.before()), answering(pair, pair.after()));
        assertThat(comparison.uncovered()).isEmpty();
        assertThat(comparison.differences())
                .extracting(difference -> difference.type().name())
                .containsExactlyElementsOf(pair.classes());
        if (!pair.transition().isEmpty()) {
            assertThat(comparison.differences().get(0).transition()).isEqualTo(pair.transition());
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findsItTheOtherWayRoundToo(Pair pair) {
        Comparison comparison =
                Comparisons.compare("SELECT v FROM t", answering(pair, pair.after()), answering(pair, pair.before()));
        assertThat(comparison.differences().isEmpty()).isEqualTo(pair.classes().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findsNothingAgainstItself(Pair pair) {
        assertThat(Comparisons.compare(
                        "SELECT v FROM t", answering(pair, pair.before()), answering(pair, pair.before())))
                .isEqualTo(Comparison.SAME);
    }

    private static ByteBuf answering(Pair pair, @Nullable String value) {
        return answer().columns(column("v", oid(pair.type())))
                .row(value)
                .done("SELECT 1")
                .ready();
    }

    private static int oid(String name) {
        boolean array = name.endsWith("[]");
        String element = array ? name.substring(0, name.length() - 2) : name;
        return Arrays.stream(PgType.values())
                .filter(type -> type.typeName().equals(element))
                .mapToInt(type -> array ? type.arrayOid() : type.oid())
                .findFirst()
                .orElseThrow();
    }
}
