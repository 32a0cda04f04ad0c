package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.ComparedStep;
import java.util.HashMap;
import java.util.Map;

/**
 * How much was compared of each statement. Bounded: statements beyond the limit are counted together.
 *
 * <p>Mutable; belongs to one thread.
 */
final class StatementTally {
    /** Fingerprints told apart. */
    static final int MAX_FINGERPRINTS = 20_000;

    private static final String OTHER = "other";

    private final Map<String, Count> counts = new HashMap<>();

    private static final class Count {
        private long steps;
        private long rows;
    }

    void add(ComparedStep step) {
        Count count = counts.get(step.facts().fingerprint());
        if (count == null) {
            String name = counts.size() < MAX_FINGERPRINTS ? step.facts().fingerprint() : OTHER;
            count = counts.computeIfAbsent(name, any -> new Count());
        }
        count.steps++;
        count.rows += step.rows();
    }

    /** How often the statement was compared. */
    long steps(String fingerprint) {
        return get(fingerprint).steps;
    }

    /** How many rows of it were compared, and so how many values of each column. */
    long rows(String fingerprint) {
        return get(fingerprint).rows;
    }

    int statements() {
        return counts.size();
    }

    private Count get(String fingerprint) {
        Count count = counts.get(fingerprint);
        return count == null ? counts.getOrDefault(OTHER, new Count()) : count;
    }
}
