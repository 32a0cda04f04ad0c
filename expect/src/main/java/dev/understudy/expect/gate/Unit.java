package dev.understudy.expect.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What a metric's numbers are. */
public enum Unit {
    /** A number of things. */
    COUNT {
        @Override
        public String format(double value) {
            return Double.isFinite(value)
                    ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                    : Double.toString(value);
        }
    },
    /** A part of a whole, 0 to 1. */
    SHARE {
        @Override
        public String format(double value) {
            return Double.isFinite(value) ? percent(value) + " %" : Double.toString(value);
        }
    };

    private static final MathContext SMALL = new MathContext(2, RoundingMode.DOWN);

    /** For people. A share is cut off, never rounded: 99.999 % must not read 100 %. */
    public abstract String format(double value);

    private static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        boolean small = percent.abs().compareTo(new BigDecimal("0.01")) < 0;
        BigDecimal cut = small ? percent.round(SMALL) : percent.setScale(2, RoundingMode.DOWN);
        return cut.signum() == 0 ? "0" : cut.stripTrailingZeros().toPlainString();
    }
}
