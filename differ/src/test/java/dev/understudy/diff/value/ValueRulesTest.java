package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Values;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueRulesTest {
    private static Value value(PgType type, String text) {
        return Values.decode(type.oid(), Field.TEXT, Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isSame(PgType type, String left, String right, ValueRules rules) {
        return ValueComparison.changes(value(type, left), value(type, right), rules)
                .isEmpty();
    }

    private static ValueRules floats(int ulps, double relative) {
        return new ValueRules(new ValueRules.Floats(ulps, relative), false, ValueRules.Json.STRICT, null);
    }

    private static ValueRules json(boolean keyOrder, boolean numberForm) {
        return new ValueRules(ValueRules.Floats.STRICT, false, new ValueRules.Json(keyOrder, numberForm), null);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT8, 0.30000000000000004, 0.3, 1, 0, true",
        "FLOAT8, 0.30000000000000004, 0.3, 0, 0, false",
        "FLOAT8, 0.3000000000000001, 0.3, 1, 0, false",
        "FLOAT8, 0.3000000000000001, 0.3, 4, 0, true",
        "FLOAT8, 1000000, 1000000.0001, 0, 1e-9, true",
        "FLOAT8, 1000000, 1000000.01, 0, 1e-9, false",
        "FLOAT8, 0, -0, 1, 0, true",
        "FLOAT8, 0, 1e-300, 4, 1e-9, false",
        "FLOAT8, NaN, 0, 4, 0.5, false",
        "FLOAT8, Infinity, 1e308, 4, 0.5, false",
        "FLOAT8, NaN, NaN, 0, 0, true",
        "FLOAT4, 1, 1.0000001, 1, 0, true",
        "FLOAT4, 1, 1.0000002, 1, 0, false",
        "POINT, '(0.1,0.3)', '(0.1,0.30000000000000004)', 1, 0, true",
        "NUMERIC, 0.1, 0.10000000000000001, 4, 1e-9, false",
    })
    void floatsWithinTheBound(PgType type, String left, String right, int ulps, double relative, boolean same) {
        assertThat(isSame(type, left, right, floats(ulps, relative))).isEqualTo(same);
        assertThat(isSame(type, right, left, floats(ulps, relative))).isEqualTo(same);
    }

    @Test
    void floatsInsideArraysToo() {
        Value left = Values.decode(PgType.FLOAT8.arrayOid(), Field.TEXT, bytes("{1,0.3}"));
        Value right = Values.decode(PgType.FLOAT8.arrayOid(), Field.TEXT, bytes("{1,0.30000000000000004}"));
        assertThat(ValueComparison.changes(left, right, floats(4, 0))).isEmpty();
        assertThat(ValueComparison.changes(left, right)).hasSize(1);
    }

    private static io.netty.buffer.ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void scaleIgnoredIsNoOtherNumber() {
        ValueRules rules = new ValueRules(ValueRules.Floats.STRICT, true, ValueRules.Json.STRICT, null);
        assertThat(isSame(PgType.NUMERIC, "1.0", "1.00", rules)).isTrue();
        assertThat(isSame(PgType.NUMERIC, "1.0", "1.01", rules)).isFalse();
        assertThat(isSame(PgType.NUMERIC, "1.005", "1.01", rules)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1} | true | false | true",
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1} | false | true | false",
                "{\"a\":1} | { \"a\": 1 } | true | false | true",
                "{\"a\":1} | { \"a\": 1 } | false | true | false",
                "{\"a\":1.0} | {\"a\":1} | false | true | true",
                "{\"a\":1.0} | {\"a\":1} | true | false | false",
                "{\"a\":1.0,\"b\":2} | {\"b\":2,\"a\":1} | true | true | true",
                "{\"a\":1.0,\"b\":2} | {\"b\":2,\"a\":1} | true | false | false",
                "{\"a\":1} | {\"a\":2} | true | true | false",
                "[1,2] | [2,1] | true | true | false",
                "{\"a\":1,\"a\":2} | {\"a\":2} | true | true | false",
                "{\"a\":1 | {\"a\":1} | true | true | false",
            })
    void formOfJson(String left, String right, boolean keyOrder, boolean numberForm, boolean same) {
        assertThat(isSame(PgType.JSON, left, right, json(keyOrder, numberForm))).isEqualTo(same);
        assertThat(isSame(PgType.JSON, right, left, json(keyOrder, numberForm))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "NUMERIC, 10.00, 10.01, 0.01, true",
        "NUMERIC, 10.00, 9.99, 0.01, true",
        "NUMERIC, 10.00, 10.02, 0.01, false",
        "NUMERIC, 10.00, 10.0, 0.01, false",
        "NUMERIC, NaN, 1, 100, false",
        "INT4, 1, 2, 1, true",
        "INT4, 1, 3, 1, false",
        "FLOAT8, 0.1, 0.2, 0.1, true",
        "FLOAT8, 0.1, 0.21, 0.1, false",
        "TEXT, 1, 2, 1, false",
    })
    void numbersWithinAnAbsoluteBound(PgType type, String left, String right, BigDecimal bound, boolean same) {
        assertThat(isSame(type, left, right, ValueRules.STRICT.within(bound))).isEqualTo(same);
    }

    /** What is tolerated row by row still has a sum, with its sign. */
    @Test
    void toleratedDifferencesCanBeSummed() {
        assertThat(ValueComparison.delta(value(PgType.NUMERIC, "10.00"), value(PgType.NUMERIC, "9.99")))
                .isEqualByComparingTo("-0.01");
        assertThat(ValueComparison.delta(value(PgType.FLOAT8, "0.1"), value(PgType.FLOAT8, "0.3")))
                .isEqualByComparingTo("0.2");
        assertThat(ValueComparison.delta(value(PgType.FLOAT4, "0.1"), value(PgType.NUMERIC, "0.3")))
                .isEqualByComparingTo("0.2");
        assertThat(ValueComparison.delta(value(PgType.FLOAT8, "NaN"), value(PgType.FLOAT8, "1")))
                .isNull();
        assertThat(ValueComparison.delta(value(PgType.TEXT, "1"), value(PgType.TEXT, "2")))
                .isNull();
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> new ValueRules.Floats(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ulp=-1");
        assertThatThrownBy(() -> new ValueRules.Floats(0, 1)).hasMessageContaining("rel=1.0");
        assertThatThrownBy(() -> new ValueRules.Floats(0, Double.NaN)).hasMessageContaining("rel=NaN");
        assertThatThrownBy(() -> ValueRules.STRICT.within(new BigDecimal("-0.01")))
                .hasMessageContaining("abs=-0.01");
    }
}
