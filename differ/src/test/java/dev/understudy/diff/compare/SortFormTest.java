package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Which values an ORDER BY holds to be equal though they are written otherwise (chapters 8.1, 8.3, 8.5). */
class SortFormTest {
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int BPCHAR = 1042;

    private static Object form(int type, Value value) {
        Column column = Column.of(column("v", type), new ServerCatalog(null));
        return SortForm.of(value, new ColumnPair(0, 0, column, column));
    }

    private static Value numeric(String number) {
        return new Value.Numeric(new BigDecimal(number));
    }

    private static Value interval(int months, int days, long micros) {
        return new Value.Interval(months, days, micros);
    }

    @Test
    void numbersByTheirAmount() {
        assertThat(form(INT4, numeric("1.50"))).isEqualTo(form(INT4, numeric("1.5")));
        assertThat(form(INT4, numeric("0.000"))).isEqualTo(form(INT4, new Value.Int(0)));
        assertThat(form(INT4, numeric("100"))).isEqualTo(form(INT4, new Value.Int(100)));
        assertThat(form(INT4, numeric("1.5"))).isNotEqualTo(form(INT4, numeric("1.6")));
        assertThat(form(INT4, new Value.FloatingPoint(-0.0))).isEqualTo(form(INT4, new Value.FloatingPoint(0.0)));
        assertThat(form(INT4, new Value.FloatingPoint(1.5))).isNotEqualTo(form(INT4, new Value.FloatingPoint(-1.5)));
    }

    @Test
    void intervalsWithMonthsOfThirtyDaysOfTwentyFourHours() {
        long day = 86_400_000_000L;
        assertThat(form(INT4, interval(1, 0, 0))).isEqualTo(form(INT4, interval(0, 30, 0)));
        assertThat(form(INT4, interval(0, 1, 0))).isEqualTo(form(INT4, interval(0, 0, day)));
        assertThat(form(INT4, interval(2, -1, -day))).isEqualTo(form(INT4, interval(0, 58, 0)));
        assertThat(form(INT4, interval(0, 0, 1))).isNotEqualTo(form(INT4, interval(0, 0, 0)));
    }

    @Test
    void paddedTextsWithoutTheirPadding() {
        assertThat(form(BPCHAR, new Value.Text("a  "))).isEqualTo(form(BPCHAR, new Value.Text("a")));
        assertThat(form(BPCHAR, new Value.Text(" a"))).isNotEqualTo(form(BPCHAR, new Value.Text("a")));
        assertThat(form(TEXT, new Value.Text("a  "))).isNotEqualTo(form(TEXT, new Value.Text("a")));
        assertThat(form(BPCHAR, Value.Null.NULL)).isEqualTo(Value.Null.NULL);
    }
}
