package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.parity.StatementCount;
import dev.understudy.trace.run.Disposition;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much was compared of each statement. Bounded: statements beyond the limit are counted together, and beyond the
 * limit of characters their texts are not kept.
 *
 * <p>Mutable; belongs to one thread.
 */
final class StatementTally {
    /** Fingerprints told apart. */
    static final int MAX_FINGERPRINTS = 20_000;
    /** Characters of statements' texts kept together. */
    private static final int MAX_CHARACTERS = 16_000_000;

    private static final String OTHER = "other";

    private final Map<String, Count> counts = new HashMap<>();
    private int characters;

    private static final class Count {
        private final String sql;
        private long seen;
        private long steps;
        private long raced;
        private long tainted;
        private long rows;

        Count(String sql) {
            this.sql = sql;
        }
    }

    /** A statement of an exchange that ended in that class. */
    void add(ComparedStep step, Disposition disposition) {
        Count count = count(step);
        count.seen++;
        if (disposition == Disposition.COMPARED) {
            count.steps++;
            count.rows += step.rows();
        } else if (disposition == Disposition.RACED) {
            count.raced++;
        } else if (disposition == Disposition.TAINTED) {
            count.tainted++;
        }
    }

    private Count count(ComparedStep step) {
        String fingerprint = step.facts().fingerprint();
        Count known = counts.get(fingerprint);
        if (known != null) {
            return known;
        }
        if (counts.size() >= MAX_FINGERPRINTS) {
            return counts.computeIfAbsent(OTHER, any -> new Count(""));
        }
        String sql = step.facts().sql();
        boolean kept = sql.length() <= MAX_CHARACTERS - characters;
        characters += kept ? sql.length() : 0;
        Count count = new Count(kept ? sql : "");
        counts.put(fingerprint, count);
        return count;
    }

    /** How often the statement was compared. */
    long steps(String fingerprint) {
        return get(fingerprint).steps;
    }

    /** How many rows of it were compared, and so how many values of each column. */
    long rows(String fingerprint) {
        return get(fingerprint).rows;
    }

    /** Every statement, in the order of their fingerprints. */
    List<StatementCount> all() {
        return counts.entrySet().stream()
                .map(entry -> new StatementCount(
                        entry.getKey(),
                        entry.getValue().sql,
                        entry.getValue().seen,
                        entry.getValue().steps,
                        entry.getValue().raced,
                        entry.getValue().tainted))
                .sorted(Comparator.comparing(StatementCount::fingerprint))
                .toList();
    }

    private Count get(String fingerprint) {
        Count count = counts.get(fingerprint);
        return count == null ? counts.getOrDefault(OTHER, new Count("")) : count;
    }
}
