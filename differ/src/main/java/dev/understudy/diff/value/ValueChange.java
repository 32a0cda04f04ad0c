package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;

/**
 * How one value became another.
 *
 * @param type what it is called
 * @param path where inside the value, such as {@code $.a.b} or {@code [*]}; empty for the whole of it
 * @param transition what changed, normalised so that the same change of many rows reads the same
 */
public record ValueChange(DifferenceClass type, String path, String transition) {
    /** The transition of floats that differ by no more than the rounding of a sum. */
    static final String LAST_DIGITS = "last digits";

    ValueChange(DifferenceClass type, String transition) {
        this(type, "", transition);
    }

    /** How bad a change is: its class's severity, but where floats differ in their last digits. */
    public static Severity severity(DifferenceClass type, String transition) {
        return type == DifferenceClass.VALUE_FLOAT && transition.equals(LAST_DIGITS) ? Severity.MINOR : type.severity();
    }

    ValueChange within(String outer) {
        return new ValueChange(type, outer + path, transition);
    }
}
