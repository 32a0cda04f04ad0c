package dev.understudy.diff.attribute;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.pgwire.value.Value;
import java.math.BigDecimal;

/** Aggregates over floating-point numbers: a parallel plan adds them up in another order each time (chapter 15.2). */
final class FloatSums {
    /** Rows that a sum of float8 is taken over, at most; each addition rounds by half a unit in the last place. */
    private static final double MAX_ROWS = 1e6;
    /** Rows that a sum of float4 is taken over, at most. */
    private static final double MAX_ROWS_SINGLE = 1e3;

    private static final double HALF_ULP = 0x1p-53;
    private static final double HALF_ULP_SINGLE = 0x1p-24;
    /** So near that no rounding to decimal digits lies between. */
    private static final double NEAR_ULPS = 4;

    /** A sum that has so many significant digits fewer than the other was rounded by somebody. */
    private static final int FEWER_DIGITS = 5;

    private FloatSums() {}

    /** Whether both are one sum but for the rounding of its additions. */
    static boolean areOne(Value a, Value b, int typeOid) {
        if (!(a instanceof Value.FloatingPoint x && b instanceof Value.FloatingPoint y)
                || !Double.isFinite(x.value())
                || !Double.isFinite(y.value())) {
            return false;
        }
        boolean single = typeOid == PgType.FLOAT4.oid();
        double bound = single ? MAX_ROWS_SINGLE * HALF_ULP_SINGLE : MAX_ROWS * HALF_ULP;
        double larger = Math.max(Math.abs(x.value()), Math.abs(y.value()));
        double apart = Math.abs(x.value() - y.value());
        double ulp = single ? Math.ulp((float) larger) : Math.ulp(larger);
        boolean rounded = Math.abs(digits(x.value(), single) - digits(y.value(), single)) >= FEWER_DIGITS;
        return apart <= NEAR_ULPS * ulp || apart <= bound * larger && !rounded;
    }

    private static int digits(double value, boolean single) {
        String shortest = single ? Float.toString((float) value) : Double.toString(value);
        return new BigDecimal(shortest).stripTrailingZeros().precision();
    }
}
