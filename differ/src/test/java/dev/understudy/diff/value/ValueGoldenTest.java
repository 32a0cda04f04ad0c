package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.value.GoldenTable.Pair;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden tables in the text format. */
class ValueGoldenTest {
    static Stream<Pair> pairs() {
        return Stream.concat(GoldenTable.pairs(), GoldenTable.written());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void namesTheDifference(Pair pair) {
        Value left = value(pair.leftType(), pair.left());
        Value right = value(pair.rightType(), pair.right());
        assertThat(left).isNotInstanceOf(Value.Opaque.class);
        assertThat(right).isNotInstanceOf(Value.Opaque.class);
        GoldenTable.check(pair, ValueComparison.changes(left, right));
        assertThat(ValueComparison.changes(right, left).isEmpty())
                .isEqualTo(pair.classes().isEmpty());
        assertThat(ValueComparison.changes(left, left)).isEmpty();
    }

    private static Value value(String typeName, @Nullable String literal) {
        return ValueReader.decode(
                new TypeCatalog(null).type(oid(typeName)),
                Field.TEXT,
                literal == null ? null : Unpooled.wrappedBuffer(literal.getBytes(StandardCharsets.UTF_8)));
    }

    private static int oid(String written) {
        boolean array = written.endsWith("[]");
        String name = (array ? written.substring(0, written.length() - 2) : written).replace("\"", "");
        return Arrays.stream(PgType.values())
                .filter(type -> type.typeName().equals(name))
                .mapToInt(type -> array ? type.arrayOid() : type.oid())
                .findFirst()
                .orElseThrow();
    }
}
