package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pairs of literals with what their difference must be called, one file for each family of types. */
final class GoldenTable {
    private static final List<String> FAMILIES = List.of("numbers", "text", "moments", "json", "structures", "others");
    private static final Pattern UNICODE = Pattern.compile("\\\\u(00[^4][0-9a-f]|0301)");

    private GoldenTable() {}

    /** One line: {@code leftType -> rightType | left | right | classes | where | transition}. */
    record Pair(
            String leftType,
            String rightType,
            @Nullable String left,
            @Nullable String right,
            List<String> classes,
            String where,
            String transition) {}

    /** Pairs that hold in both formats. */
    static Stream<Pair> pairs() {
        return FAMILIES.stream().flatMap(family -> read(family).stream());
    }

    /** Pairs of texts that no server with default settings writes. */
    static Stream<Pair> written() {
        return read("written").stream();
    }

    private static List<Pair> read(String family) {
        List<Pair> pairs = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GoldenTable.class.getResourceAsStream("/golden/values/" + family + ".txt")),
                StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> pairs.add(pair(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pairs;
    }

    private static Pair pair(String line) {
        String[] fields = Arrays.stream(line.split("\\|", 6)).map(String::strip).toArray(String[]::new);
        assertThat(fields).as(line).hasSize(6);
        String[] types = fields[0].split(" -> ");
        return new Pair(
                types[0],
                types[types.length - 1],
                literal(fields[1]),
                literal(fields[2]),
                fields[3].equals("=") ? List.of() : List.of(fields[3].split(",")),
                fields[4],
                fields[5]);
    }

    private static @Nullable String literal(String written) {
        if (written.equals("NULL")) {
            return null;
        }
        return written.equals("''")
                ? ""
                : UNICODE.matcher(written)
                        .replaceAll(found -> Character.toString((char) Integer.parseInt(found.group(1), 16)))
                        .replace("\\s", " ");
    }

    static void check(Pair pair, List<ValueChange> changes) {
        assertThat(changes).extracting(change -> change.type().name()).containsExactlyElementsOf(pair.classes());
        if (!changes.isEmpty()) {
            assertThat(changes.get(0).at()).isEqualTo(pair.where());
            if (!pair.transition().isEmpty()) {
                assertThat(changes.get(0).transition()).isEqualTo(pair.transition());
            }
        }
    }
}
