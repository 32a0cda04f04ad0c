package dev.understudy.pgwire.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.server.ServerConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type's values as a server sends them in both formats: the same literal is the same value, another is another. */
class TypesIT {
    /** Types whose values have several texts, of which ours need not be the server's. */
    private static final Set<String> WRITTEN_OTHERWISE =
            Set.of("int2vector", "oidvector", "int2vector[]", "cidr", "box[]", "xml");

    private static ServerConnection connection;

    record Literals(String type, List<String> literals) {
        @Override
        public String toString() {
            return type;
        }
    }

    @BeforeAll
    static void connect() throws IOException {
        connection = ServerConnection.open();
    }

    @AfterAll
    static void close() throws IOException {
        connection.close();
    }

    static Stream<Literals> types() throws IOException {
        Map<String, List<String>> byType = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TypesIT.class.getResourceAsStream("/values/types.txt")),
                StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] fields = (line + " ").split(" \\| ?", 2);
                        byType.computeIfAbsent(fields[0], type -> new ArrayList<>())
                                .add(fields[1].strip());
                    });
        }
        return byType.entrySet().stream().map(entry -> new Literals(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void bothFormatsOfALiteralAreOneValueAndNoOther(Literals type) throws IOException {
        List<Value> values = new ArrayList<>();
        for (String literal : type.literals()) {
            String quoted = literal.startsWith("$$") ? literal : "$q$" + literal + "$q$";
            String sql = "select " + quoted + "::" + type.type();
            Selected.Cell text = Selected.rows(connection, sql, 0).get(0).get(0);
            Selected.Cell binary = Selected.rows(connection, sql, 1).get(0).get(0);
            assertThat(text.value()).as(literal).isNotInstanceOf(Value.Opaque.class);
            if (binary.value() instanceof Value.Money money) {
                assertThat(((Value.Money) text.value()).units()).isEqualTo(money.units());
            } else if (!type.type().equals("money[]")) {
                assertThat(binary.value())
                        .as(text.raw())
                        .isEqualTo(text.value())
                        .hasSameHashCodeAs(text.value());
            }
            if (!WRITTEN_OTHERWISE.contains(type.type()) && !literal.contains("e-300")) {
                assertThat(text.value().text()).isEqualTo(text.raw());
            }
            values.add(text.value());
        }
        assertThat(values).doesNotHaveDuplicates();
    }

    @Test
    void recordsTellTheirTypesInBinaryOnly() throws IOException {
        String sql = "select row(1, 'a, b'::text, null, row(1.50, array[1, 2]), '[1,3]'::int4range)";
        Value text = Selected.rows(connection, sql, 0).get(0).get(0).value();
        Value binary = Selected.rows(connection, sql, 1).get(0).get(0).value();
        assertThat(binary.text()).isEqualTo(text.text());
        assertThat(((Value.Composite) binary).values()).element(0).isEqualTo(new Value.Int(1));
        assertThat(((Value.Composite) text).values()).element(0).isInstanceOf(Value.Opaque.class);
    }

    @Test
    void objectsHaveNamesInTextAndNumbersInBinary() throws IOException {
        String sql =
                "select 'pg_class'::regclass, 'int4'::regtype, 'now'::regproc, 'english'::regconfig, 'postgres'::regrole";
        assertThat(Selected.rows(connection, sql, 0).get(0))
                .extracting(cell -> cell.value().text())
                .containsExactly("pg_class", "integer", "now", "english", "postgres");
        assertThat(Selected.rows(connection, sql, 1).get(0))
                .extracting(Selected.Cell::value)
                .startsWith(new Value.ObjectOid(1259), new Value.ObjectOid(23))
                .allMatch(Value.ObjectOid.class::isInstance);
    }

    /** Currencies of other locales, where the server's system has these; the digits are the amount in all of them. */
    @Test
    void moneyOfOtherLocales() throws IOException {
        for (String locale : List.of("C", "en_US.utf8", "de_DE.utf8", "ja_JP.utf8")) {
            Selected.rows(
                    connection,
                    "select set_config('lc_monetary', coalesce((select collname::text from pg_collation where collname = '"
                            + locale + "' limit 1), 'C'), false)",
                    0);
            String sql = "select (-1234567.89)::numeric::money, 0.05::numeric::money";
            List<Selected.Cell> text = Selected.rows(connection, sql, 0).get(0);
            List<Selected.Cell> binary = Selected.rows(connection, sql, 1).get(0);
            for (int i = 0; i < 2; i++) {
                assertThat(((Value.Money) text.get(i).value()).units())
                        .as(text.get(i).raw())
                        .isEqualTo(((Value.Money) binary.get(i).value()).units());
            }
        }
        Selected.rows(connection, "select set_config('lc_monetary', 'C', false)", 0);
    }
}
