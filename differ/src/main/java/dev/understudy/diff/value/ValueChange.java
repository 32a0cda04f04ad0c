package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;

/**
 * How one value became another.
 *
 * @param type what it is called
 * @param path where inside the value, such as {@code $.a.b} or {@code [*]}; empty for the whole of it
 * @param transition what changed, normalised so that the same change of many rows reads the same
 */
public record ValueChange(DifferenceClass type, String path, String transition) {
    ValueChange(DifferenceClass type, String transition) {
        this(type, "", transition);
    }

    ValueChange within(String outer) {
        return new ValueChange(type, outer + path, transition);
    }
}
