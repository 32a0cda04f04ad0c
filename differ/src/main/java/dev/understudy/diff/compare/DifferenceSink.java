package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what one comparison finds. Beyond a limit, differences of one kind become one difference that counts them, so
 * that an answer of a million changed rows fits into memory.
 */
final class DifferenceSink {
    /** Differences kept one by one. */
    static final int MAX_SINGLE = 20_000;

    private final List<Difference> differences = new ArrayList<>();
    private final Map<Kind, Integer> counted = new HashMap<>();
    private final List<Uncovered> uncovered = new ArrayList<>();

    private boolean ended;

    private record Kind(DifferenceClass type, int step, String path, String transition) {}

    void add(Difference difference) {
        ended |= difference.place().aspect() == Aspect.ERROR && difference.type() != DifferenceClass.ERROR_MESSAGE_ONLY;
        if (differences.size() < MAX_SINGLE) {
            differences.add(difference);
            return;
        }
        Kind kind = new Kind(difference.type(), difference.place().step(), difference.path(), difference.transition());
        Integer known = counted.get(kind);
        if (known == null) {
            counted.put(kind, differences.size());
            differences.add(difference);
        } else {
            Difference sum = differences.get(known);
            differences.set(known, sum.times(sum.count() + difference.count()));
        }
    }

    void uncovered(DifferenceClass type, int step, String reason) {
        Uncovered found = new Uncovered(type, step, reason);
        if (!uncovered.contains(found)) {
            uncovered.add(found);
        }
    }

    /** Whether one side failed and the other did not, or otherwise: what comes then is not comparable any more. */
    boolean endsAnswers() {
        return ended;
    }

    Comparison comparison() {
        return differences.isEmpty() && uncovered.isEmpty() ? Comparison.SAME : new Comparison(differences, uncovered);
    }
}
