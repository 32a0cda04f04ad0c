package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.RawClient;
import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.Value;
import dev.understudy.trace.catalog.CatalogReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** User-defined types of two databases, in which they have other OIDs: text of the one against binary of the other. */
class UserTypesIT {
    private static final String TYPES = """
            create type mood as enum ('sad', 'ok', 'so, so');
            create domain amount as numeric(12,2) check (value > 0);
            create domain tags as text[];
            create type address as (street text, "No" int4, since date);
            create type person as (name text, feels mood, home address, others address[], paid amount);
            create type span as range (subtype = float8);
            create type feelings as range (subtype = mood);
            create table item (id int8, label text, price amount, feels mood[]);
            """;

    private static Side left;
    private static Side right;

    private record Side(RawClient client, TypeCatalog types) {
        List<Value> row(String sql, int format) throws IOException {
            RawClient.Result result = client.query(sql, format);
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < result.columns().fields().size(); i++) {
                ColumnType type = types.type(result.columns().fields().get(i).typeOid());
                values.add(ValueReader.decode(type, format, result.rows().get(0).get(i)));
            }
            return values;
        }

        Value value(String sql, int format) throws IOException {
            return row("select " + sql, format).get(0);
        }
    }

    @BeforeAll
    static void create() throws IOException, SQLException {
        left = side(TYPES);
        right = side("create type earlier as enum ('a'); create table earlier_too (a int4);" + TYPES);
    }

    private static Side side(String ddl) throws IOException, SQLException {
        EmbeddedDatabase server = LabServers.postgres();
        String database = LabServers.freshDatabase();
        server.execute(database, ddl);
        try (Connection connection = server.connect(database)) {
            return new Side(
                    new RawClient(server.port(), EmbeddedDatabase.SUPERUSER, database),
                    new TypeCatalog(CatalogReader.read(connection)));
        }
    }

    @AfterAll
    static void close() throws IOException {
        left.client().close();
        right.client().close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ok'::mood | 'sad'::mood | VALUE_ENUM_LABEL | ",
                "'{sad,\"so, so\",NULL}'::mood[] | '{sad,ok,NULL}'::mood[] | VALUE_ENUM_LABEL | [2]",
                "1.50::amount | 1.60::amount | VALUE_NUMERIC | ",
                "'{1.50,2.50}'::amount[] | '{1.50,2.51}'::amount[] | VALUE_NUMERIC | [2]",
                "'{a,b}'::tags | '{a,B}'::tags | VALUE_CASE_ONLY | [2]",
                "row('High St', 5, '2020-01-31')::address | row('High St', 6, '2020-01-31')::address | VALUE_NUMERIC | .No",
                "row('a', 'ok', row('b', 1, null)::address, array[row('c', null, null)::address], 2)::person"
                        + " | row('a', 'ok', row('b', 1, null)::address, array[row('c', 2, null)::address], 2)::person"
                        + " | VALUE_NULL_TO_VALUE | .others[1].No",
                "row('', null, null, '{}', 2)::person | row(null, null, null, '{}', 2)::person | VALUE_EMPTY_NULL_SWAP | .name",
                "'[1.5,2.5)'::span | '[1.5,3.5)'::span | VALUE_FLOAT | .upper",
                "'[1,1]'::span | '[1,1]'::span | = | ",
                "'{[1,2),[3,4)}'::span_multirange | '{[1,2),[3,5)}'::span_multirange | VALUE_FLOAT | [2].upper",
                "'[sad,\"so, so\"]'::feelings | '[sad,ok]'::feelings | VALUE_ENUM_LABEL | .upper",
                "array['[1.5,2.5)'::span] | array['[0.5,2.5)'::span] | VALUE_FLOAT | [1].lower",
                "row(1, 'x', 2, '{ok}')::item | row(1, 'y', 2, '{ok}')::item | VALUE_TEXT | .label",
                "array[row(1, 'x', 2, '{ok}')::item] | array[row(1, 'x', 2, '{sad}')::item] | VALUE_ENUM_LABEL | [1].feels[1]",
            })
    void textOfOneServerAgainstBinaryOfAnother(String same, String other, String type, String at) throws IOException {
        for (int format : new int[] {Field.TEXT, Field.BINARY}) {
            Value here = left.value(same, format);
            assertThat(here).isNotInstanceOf(Value.Opaque.class);
            assertThat(here.toString()).doesNotContain("Opaque");
            for (int otherFormat : new int[] {Field.TEXT, Field.BINARY}) {
                assertThat(right.value(same, otherFormat)).isEqualTo(here);
                List<ValueChange> changes = ValueComparison.changes(here, right.value(other, otherFormat));
                if (type.equals("=")) {
                    assertThat(changes).isEmpty();
                } else {
                    assertThat(changes)
                            .extracting(change -> change.type() + "|" + change.at())
                            .containsExactly(type + "|" + (at == null ? "" : at));
                }
            }
        }
    }

    @Test
    void recordsInBinaryAreReadByTheTypesTheyName() throws IOException {
        String row = "row('ok'::mood, row('a', 1, null)::address, array['sad'::mood])";
        Value.Composite here = (Value.Composite) left.value(row, Field.BINARY);
        assertThat(here.values()).element(0).isEqualTo(new Value.Label("ok"));
        assertThat(right.value(row, Field.BINARY)).isEqualTo(here);
        assertThat(ValueComparison.changes(here, right.value(row.replace("'sad'", "'ok'"), Field.BINARY)))
                .extracting(ValueChange::at)
                .containsExactly(".f3[1]");
    }

    /** A record in text does not tell its members' types: what is written the same is the same, else nobody knows. */
    @Test
    void recordsInTextAreComparedAsWritten() throws IOException {
        String row = "row(1.50, 'x'::text, timestamptz '2020-01-01 00:00+00')";
        assertThat(ValueComparison.changes(left.value(row, Field.TEXT), right.value(row, Field.TEXT)))
                .isEmpty();
        assertThat(ValueComparison.changes(left.value(row, Field.TEXT), right.value(row, Field.BINARY)))
                .isEmpty();
        assertThat(ValueComparison.changes(
                        left.value(row, Field.TEXT), right.value(row.replace("1.50", "1.60"), Field.TEXT)))
                .extracting(ValueChange::type)
                .containsExactly(DifferenceClass.VALUE_TEXT);
        assertThat(ValueComparison.changes(
                        left.value(row, Field.TEXT), right.value(row.replace("1.50", "1.60"), Field.BINARY)))
                .extracting(ValueChange::type)
                .containsExactly(DifferenceClass.RUN_COVERAGE);
    }
}
