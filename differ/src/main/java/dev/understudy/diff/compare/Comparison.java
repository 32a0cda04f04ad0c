package dev.understudy.diff.compare;

import java.util.List;

/**
 * What comparing two answers to one exchange gave.
 *
 * @param differences in the order of steps
 * @param uncovered what could not be compared
 */
public record Comparison(List<Difference> differences, List<Uncovered> uncovered) {
    /** Nothing differs. */
    public static final Comparison SAME = new Comparison(List.of(), List.of());

    /** Copies the lists. */
    public Comparison {
        differences = List.copyOf(differences);
        uncovered = List.copyOf(uncovered);
    }

    /** Whether something of that step could not be compared. */
    public boolean isUncovered(int step) {
        return uncovered.stream().anyMatch(each -> each.step() < 0 || each.step() == step);
    }
}
