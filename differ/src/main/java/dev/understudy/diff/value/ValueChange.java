package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;

/**
 * How one value became another.
 *
 * @param type what it is called; RUN_COVERAGE where nobody can tell whether it changed, {@code transition} being why
 * @param path where inside the value, such as {@code $.a.b} or {@code [*]}, the same for all elements; empty for the
 *     whole of it
 * @param at the same with the element's number: {@code $.a[2].b}
 * @param transition what changed, normalised so that the same change of many rows reads the same
 */
public record ValueChange(DifferenceClass type, String path, String at, String transition) {
    /** The transition of floats that differ by no more than the rounding of a sum. */
    static final String LAST_DIGITS = "last digits";

    ValueChange(DifferenceClass type, String transition) {
        this(type, "", "", transition);
    }

    ValueChange(DifferenceClass type, String path, String transition) {
        this(type, path, path, transition);
    }

    /** Nobody can tell. */
    static ValueChange unknown(String reason) {
        return new ValueChange(DifferenceClass.RUN_COVERAGE, reason);
    }

    /** How bad a change is: its class's severity, but where floats differ in their last digits. */
    public static Severity severity(DifferenceClass type, String transition) {
        return type == DifferenceClass.VALUE_FLOAT && transition.equals(LAST_DIGITS) ? Severity.MINOR : type.severity();
    }

    ValueChange within(String outer) {
        return within(outer, outer);
    }

    ValueChange within(String outerPath, String outerAt) {
        return new ValueChange(type, outerPath + inner(path), outerAt + inner(at), transition);
    }

    private static String inner(String path) {
        return path.startsWith("$") ? path.substring(1) : path;
    }

    /** Whether it reads the same in a report. */
    boolean isLike(ValueChange other) {
        return type == other.type && path.equals(other.path) && transition.equals(other.transition);
    }
}
