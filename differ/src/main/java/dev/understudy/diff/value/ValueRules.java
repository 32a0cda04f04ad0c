package dev.understudy.diff.value;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * When two values of a column count as equal though they are not: the {@code compare} section. Immutable.
 *
 * @param floats how far floating-point numbers may lie apart
 * @param ignoreNumericScale whether 1.0 and 1.00 are equal
 * @param json which differences of form JSON documents may have
 * @param absolute how far any numbers may lie apart, null for not at all; the sum of such differences over all rows is for
 *     the caller to bound, by {@link ValueComparison#delta}
 */
public record ValueRules(
        Floats floats,
        boolean ignoreNumericScale,
        Json json,
        @Nullable BigDecimal absolute) {
    /** Nothing is tolerated. */
    public static final ValueRules STRICT = new ValueRules(Floats.STRICT, false, Json.STRICT, null);

    /** Checks the bound. */
    public ValueRules {
        if (absolute != null && absolute.signum() < 0) {
            throw new IllegalArgumentException("abs=" + absolute + ": expected 0 or more");
        }
    }

    /**
     * Floats that lie apart no farther than either bound are equal.
     *
     * @param ulps units in the last place of the larger one; of float4 where both are
     * @param relative as a share of the larger one
     */
    public record Floats(int ulps, double relative) {
        /** Their bits must be equal. */
        public static final Floats STRICT = new Floats(0, 0);

        /** Checks the bounds. */
        public Floats {
            if (ulps < 0 || !(relative >= 0 && relative < 1)) {
                throw new IllegalArgumentException(
                        "ulp=" + ulps + ", rel=" + relative + ": expected 0 or more, and rel below 1");
            }
        }
    }

    /**
     * What JSON documents may differ in without being reported.
     *
     * @param keyOrder the order of an object's members, and blanks
     * @param numberForm how a number is written: 1.0, 1 and 1e0
     */
    public record Json(boolean keyOrder, boolean numberForm) {
        /** Every difference of form is reported, as JSON_FORMAT_ONLY. */
        public static final Json STRICT = new Json(false, false);
    }

    /** The same with a bound for the difference of numbers. */
    public ValueRules within(BigDecimal newAbsolute) {
        return new ValueRules(floats, ignoreNumericScale, json, newAbsolute);
    }
}
