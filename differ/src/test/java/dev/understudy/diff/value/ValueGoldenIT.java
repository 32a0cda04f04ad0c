package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.kit.RawClient;
import dev.understudy.diff.value.GoldenTable.Pair;
import dev.understudy.lab.LabServers;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.Value;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden tables as a server sends the literals, in both formats and one against the other. */
class ValueGoldenIT {
    private static final int[] FORMATS = {Field.TEXT, Field.BINARY};
    private static final TypeCatalog TYPES = new TypeCatalog(null);

    private static RawClient client;

    @BeforeAll
    static void connect() throws IOException, SQLException {
        EmbeddedDatabase server = LabServers.postgres();
        client = new RawClient(server.port(), EmbeddedDatabase.SUPERUSER, LabServers.freshDatabase());
    }

    @AfterAll
    static void close() throws IOException {
        client.close();
    }

    static Stream<Pair> pairs() {
        return GoldenTable.pairs();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void namesTheDifferenceInAnyFormat(Pair pair) throws IOException {
        for (int leftFormat : FORMATS) {
            Value left = value(pair.leftType(), pair.left(), leftFormat);
            for (int rightFormat : FORMATS) {
                Value right = value(pair.rightType(), pair.right(), rightFormat);
                GoldenTable.check(pair, ValueComparison.changes(left, right));
                Value same = value(pair.leftType(), pair.left(), rightFormat);
                assertThat(ValueComparison.changes(left, same)).isEmpty();
            }
        }
    }

    private static Value value(String typeName, @Nullable String literal, int format) throws IOException {
        String sql = "select " + (literal == null ? "null" : "$q$" + literal + "$q$") + "::" + typeName;
        RawClient.Result result = client.query(sql, format);
        ColumnType type = TYPES.type(result.columns().fields().get(0).typeOid());
        Value value = ValueReader.decode(type, format, result.rows().get(0).get(0));
        assertThat(value).isNotInstanceOf(Value.Opaque.class);
        return value;
    }
}
