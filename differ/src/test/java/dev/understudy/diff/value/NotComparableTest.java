package dev.understudy.diff.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where nobody can tell whether two values are the same, neither is said. */
class NotComparableTest {
    private static Value.Opaque opaque(String bytes, int format) {
        return new Value.Opaque(bytes.getBytes(StandardCharsets.UTF_8), format);
    }

    private static DifferenceClass only(Value before, Value after) {
        List<ValueChange> changes = ValueComparison.changes(before, after);
        assertThat(changes).hasSize(1);
        return changes.get(0).type();
    }

    @Test
    void bytesOfAnUnknownTypeInTwoFormats() {
        assertThat(only(opaque("a", 0), opaque("a", 1))).isEqualTo(DifferenceClass.RUN_COVERAGE);
        assertThat(only(opaque("a", 1), opaque("a", 0))).isEqualTo(DifferenceClass.RUN_COVERAGE);
        assertThat(only(opaque("a", 1), new Value.Text("a"))).isEqualTo(DifferenceClass.RUN_COVERAGE);
        assertThat(only(new Value.Int(1), opaque("a", 1))).isEqualTo(DifferenceClass.RUN_COVERAGE);
    }

    @Test
    void bytesOfAnUnknownTypeInOneFormatAreComparedAsTheyAre() {
        assertThat(ValueComparison.changes(opaque("a", 0), opaque("a", 0))).isEmpty();
        assertThat(only(opaque("a", 0), opaque("b", 0))).isEqualTo(DifferenceClass.VALUE_TEXT);
        assertThat(only(opaque("a", 1), opaque("b", 1))).isEqualTo(DifferenceClass.VALUE_BYTES);
        Value.Opaque invalid = new Value.Opaque(new byte[] {(byte) 0xff}, 0);
        Value.Opaque alsoInvalid = new Value.Opaque(new byte[] {(byte) 0xfe}, 0);
        assertThat(only(invalid, alsoInvalid)).isEqualTo(DifferenceClass.VALUE_BYTES);
    }

    @Test
    void aTextThatDoesNotReadAsItsType() {
        Value.Timestamp moment = new Value.Timestamp(0);
        assertThat(only(moment, opaque("02/03/2020 00:00:00", 0))).isEqualTo(DifferenceClass.RUN_COVERAGE);
        assertThat(ValueComparison.changes(moment, opaque(moment.text(), 0))).isEmpty();
        assertThat(only(new Value.Text("a"), opaque("b", 0))).isEqualTo(DifferenceClass.VALUE_TEXT);
        assertThat(only(opaque("b", 0), new Value.Label("a"))).isEqualTo(DifferenceClass.VALUE_TEXT);
    }

    @Test
    void objectsByOid() {
        assertThat(ValueComparison.changes(new Value.ObjectOid(16_385), new Value.ObjectOid(16_385)))
                .isEmpty();
        assertThat(only(new Value.ObjectOid(16_385), new Value.ObjectOid(16_386)))
                .isEqualTo(DifferenceClass.RUN_COVERAGE);
        assertThat(only(new Value.ObjectOid(1259), new Value.ObjectOid(16_386)))
                .isEqualTo(DifferenceClass.RUN_COVERAGE);
        assertThat(only(new Value.ObjectOid(1259), new Value.ObjectName("pg_class")))
                .isEqualTo(DifferenceClass.RUN_COVERAGE);
        assertThat(only(new Value.ObjectOid(1259), new Value.ObjectOid(1247))).isEqualTo(DifferenceClass.VALUE_TEXT);
        assertThat(only(new Value.ObjectName("orders"), new Value.ObjectName("items")))
                .isEqualTo(DifferenceClass.VALUE_TEXT);
    }

    @Test
    void insideOthersTheRestIsStillCompared() {
        Value before = new Value.Composite(List.of("a", "b"), List.of(opaque("x", 0), new Value.Int(1)));
        Value after = new Value.Composite(List.of("a", "b"), List.of(opaque("x", 1), new Value.Int(2)));
        assertThat(ValueComparison.changes(before, after))
                .extracting(ValueChange::type)
                .containsExactly(DifferenceClass.RUN_COVERAGE, DifferenceClass.VALUE_NUMERIC);
    }

    @Test
    void moneyOfBinaryKnowsNoCurrency() {
        assertThat(ValueComparison.changes(new Value.Money(100, ""), new Value.Money(100, "$1.00")))
                .isEmpty();
        assertThat(only(new Value.Money(100, ""), new Value.Numeric(new java.math.BigDecimal("1.00"))))
                .isEqualTo(DifferenceClass.RUN_COVERAGE);
        assertThat(only(new Value.Money(100, ""), new Value.Money(101, "$1.01")))
                .isEqualTo(DifferenceClass.VALUE_NUMERIC);
    }
}
