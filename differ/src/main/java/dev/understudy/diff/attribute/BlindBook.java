package dev.understudy.diff.attribute;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Counts, path by path, who stood alone. Bounded: paths beyond a limit are counted together. The sums of a run's parts
 * are those of the whole: {@link #counts} of one book are added to another.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class BlindBook {
    /** Paths told apart. */
    static final int MAX_PATHS = 20_000;

    private static final String OTHER = "other";

    private final Map<Key, OddCounts> paths = new HashMap<>();

    private record Key(String fingerprint, String path) {}

    /** Counts one difference as it was judged in the end. */
    public void add(JudgedDifference judged, Attribution attribution) {
        add(OddCounts.of(
                judged.facts().fingerprint(),
                judged.difference().path(),
                judged.origin(),
                attribution,
                judged.difference().count()));
    }

    /** Adds what was counted elsewhere. */
    public void add(OddCounts counts) {
        if (counts.isZero()) {
            return;
        }
        Key key = new Key(counts.fingerprint(), counts.path());
        if (paths.size() >= MAX_PATHS && !paths.containsKey(key)) {
            key = new Key("", OTHER);
        }
        OddCounts own = new OddCounts(
                key.fingerprint(),
                key.path(),
                counts.origin(),
                counts.recordedAlone(),
                counts.controlAlone(),
                counts.candidateAlone(),
                counts.unexplained());
        paths.merge(key, own, OddCounts::plus);
    }

    /** Everything counted, by statement and path. */
    public List<OddCounts> counts() {
        return paths.values().stream()
                .sorted(Comparator.comparing(OddCounts::fingerprint).thenComparing(OddCounts::path))
                .toList();
    }

    /**
     * The paths with noise that nothing explains, by statement and path.
     *
     * @param comparisons of how many comparisons a path's counts are; 0 where that is not known
     */
    public List<BlindPath> blind(ToLongFunction<OddCounts> comparisons) {
        return counts().stream()
                .filter(counts -> counts.unexplained() > 0)
                .map(counts -> new BlindPath(counts, comparisons.applyAsLong(counts)))
                .toList();
    }
}
