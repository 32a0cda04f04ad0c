package dev.understudy.expect.gate;

/** When a gate trips. */
public enum Comparator {
    /** Above the limit. */
    ABOVE("≤"),
    /** Below the limit. */
    BELOW("≥");

    private final String holds;

    Comparator(String holds) {
        this.holds = holds;
    }

    /** Whether the value is on the wrong side of the limit; NaN always is. */
    public boolean trips(double value, double limit) {
        return switch (this) {
            case ABOVE -> !(value <= limit);
            case BELOW -> !(value >= limit);
        };
    }

    /** The sign of the condition under which it holds. */
    public String holdingSign() {
        return holds;
    }
}
