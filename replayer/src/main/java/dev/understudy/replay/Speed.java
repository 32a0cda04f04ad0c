package dev.understudy.replay;

import java.util.Locale;

/**
 * How fast the captured timeline is gone through.
 *
 * @param factor 1 for production's own pace, 2 for twice as fast; 0 for as fast as it goes
 */
public record Speed(double factor) {
    /** As fast as the order and the arms allow. */
    public static final Speed MAX = new Speed(0);

    /** Checks the range. */
    public Speed {
        if (!(factor >= 0 && factor <= 1000)) {
            throw new IllegalArgumentException("speed=" + factor + ": expected max, or a factor above 0, up to 1000");
        }
    }

    /**
     * Reads {@code max} or a factor.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Speed parse(String text) {
        if (text.toLowerCase(Locale.ROOT).equals("max")) {
            return MAX;
        }
        try {
            double factor = Double.parseDouble(text);
            if (factor > 0) {
                return new Speed(factor);
            }
        } catch (NumberFormatException e) {
            // falls through to the one message that says what is expected
        }
        throw new IllegalArgumentException("speed=" + text + ": expected max, or a factor above 0, up to 1000");
    }

    /** Whether nothing is waited for. */
    public boolean isMax() {
        return factor == 0;
    }

    /** {@code max} or the factor. */
    @Override
    public String toString() {
        return isMax() ? "max" : Double.toString(factor);
    }
}
