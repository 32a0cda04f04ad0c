package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatSumsTest {
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;

    private static boolean areOne(double a, double b, int type) {
        boolean one = FloatSums.areOne(new Value.FloatingPoint(a), new Value.FloatingPoint(b), type);
        assertThat(FloatSums.areOne(new Value.FloatingPoint(b), new Value.FloatingPoint(a), type))
                .as("whichever side has it")
                .isEqualTo(one);
        return one;
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        // A million additions round by 1.1e-10 of the sum together.
        "123456789.12345679, 123456789.1234568, true",
        "123456789.12345679, 123456789.13, false",
        "123456789.12345679, 123456789.13645679, true",
        "123456789.12345679, 123456789.13845679, false",
        "-123456789.12345679, -123456789.13645679, true",
        "-123456789.12345679, -123456789.13845679, false",
        "123456789.12345679, -123456789.12345679, false",
        "0, 0, true",
        "0, 1e-300, false",
        // Four units in the last place are no rounding to decimal digits, however few digits one has.
        "1, 1.0000000000000002, true",
        "1, 1.0000000000000009, true",
        "1, 1.0000000000000011, false",
        "1.0001, 1.00010000001, false",
        "1.0001, 1.0001000000000123, false",
        "1.0001000000012, 1.0001000000013123, true"
    })
    void sumsOfDoublesMayDifferInTheirLastDigits(double a, double b, boolean one) {
        assertThat(areOne(a, b, FLOAT8)).isEqualTo(one);
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "1234.567, 1234.5671, true",
        "1234.567, 1234.63, true",
        "1234.567, 1234.65, false",
        "-1234.567, -1234.63, true",
        // Rounded by somebody: 1234 has five digits fewer, or it is as near as digits go.
        "1000, 1000.0011, false",
        "1000, 1000.0001, true"
    })
    void sumsOfSinglesMayDifferMore(double a, double b, boolean one) {
        assertThat(areOne((float) a, (float) b, FLOAT4)).isEqualTo(one);
    }

    @Test
    void singlesAreJudgedAsSinglesOnly() {
        assertThat(areOne(1234.567, 1234.63, FLOAT8)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, Infinity", "1, Infinity", "1, NaN"})
    void whatIsNoNumberIsNoSum(double a, double b) {
        assertThat(areOne(a, b, FLOAT8)).isFalse();
    }

    @Test
    void decimalsAddUpExactly() {
        Value decimal = new Value.Numeric(new BigDecimal("0.1"));
        assertThat(FloatSums.areOne(decimal, decimal, FLOAT8)).isFalse();
        assertThat(FloatSums.areOne(new Value.FloatingPoint(0.1), decimal, FLOAT8))
                .isFalse();
        assertThat(FloatSums.areOne(decimal, new Value.FloatingPoint(0.1), FLOAT8))
                .isFalse();
    }
}
