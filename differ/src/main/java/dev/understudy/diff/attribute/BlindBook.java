package dev.understudy.diff.attribute;

import dev.understudy.diff.bounded.LeastKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts, path by path, who stood alone. Bounded: paths beyond a limit are counted together. Neither the order of
 * additions nor that of merges changes what it says.
 *
 * <p>Mutable; belongs to one thread.
 */
public final class BlindBook {
    /** Paths told apart. */
    public static final int MAX_PATHS = 20_000;

    private static final PathName OTHER = new PathName("", "other");

    private final LeastKeys<PathName, Sum> paths;
    private final Sum other = new Sum(new OddCounts(OTHER.fingerprint(), OTHER.path(), "", 0, 0, 0, 0));
    /** Paths that were kept and are now counted with others. */
    private final Set<PathName> gone = new HashSet<>();

    /** A statement's path. */
    public record PathName(String fingerprint, String path) implements Comparable<PathName> {
        private static final Comparator<PathName> ORDER =
                Comparator.comparing(PathName::fingerprint).thenComparing(PathName::path);

        static PathName of(OddCounts counts) {
            return new PathName(counts.fingerprint(), counts.path());
        }

        @Override
        public int compareTo(PathName other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Sum {
        private OddCounts counts;
        private boolean changed;
        private boolean kept;

        Sum(OddCounts counts) {
            this.counts = counts;
        }

        void add(OddCounts more) {
            counts = counts.plus(more);
            changed = true;
        }
    }

    /** An empty book. */
    public BlindBook() {
        this(MAX_PATHS);
    }

    /** An empty book with a bound of its own. */
    public BlindBook(int maxPaths) {
        paths = LeastKeys.ofKeys(maxPaths);
    }

    /** Counts one difference as it was judged in the end, or adds what was counted elsewhere. */
    public void add(OddCounts counts) {
        if (!counts.isZero()) {
            at(PathName.of(counts)).add(counts);
        }
    }

    /** Adds what another book counted. */
    public void add(BlindBook more) {
        cutAt(more.cutoff());
        more.paths.forEach((path, sum) -> add(sum.counts));
        if (!more.other.counts.isZero()) {
            other.add(more.other.counts);
        }
    }

    private Sum at(PathName path) {
        if (path.equals(OTHER)) {
            return other;
        }
        Sum sum = paths.at(path, () -> new Sum(new OddCounts(path.fingerprint(), path.path(), "", 0, 0, 0, 0)));
        paths.trim(this::moveToOther);
        return sum == null || paths.isBeyond(path) ? other : sum;
    }

    private void moveToOther(PathName path, Sum sum) {
        other.add(sum.counts);
        if (sum.kept) {
            gone.add(path);
        }
    }

    /** The least path that is counted with others, null if there is none. */
    public @Nullable PathName cutoff() {
        return paths.cutoff();
    }

    /** Counts paths from that one on with others. */
    public void cutAt(@Nullable PathName cutoff) {
        paths.cutAt(cutoff, this::moveToOther);
    }

    /** Everything counted, by statement and path; what is counted together comes first. */
    public List<OddCounts> counts() {
        List<OddCounts> counts = new ArrayList<>();
        paths.forEach((path, sum) -> counts.add(sum.counts));
        if (!other.counts.isZero()) {
            counts.add(other.counts);
        }
        counts.sort(Comparator.comparing(OddCounts::fingerprint).thenComparing(OddCounts::path));
        return counts;
    }

    /** Hands over what changed since it was last asked, and the paths that are no more. */
    public void takeChanges(Consumer<OddCounts> changed, Consumer<PathName> vanished) {
        paths.forEach((path, sum) -> takeChange(sum, changed));
        takeChange(other, changed);
        gone.forEach(vanished);
        gone.clear();
    }

    private static void takeChange(Sum sum, Consumer<OddCounts> changed) {
        if (sum.changed) {
            sum.changed = false;
            sum.kept = true;
            changed.accept(sum.counts);
        }
    }

    /** Puts back what was kept; the cutoff comes first. */
    public void restore(OddCounts kept) {
        Sum sum = at(PathName.of(kept));
        sum.add(kept);
        sum.changed = false;
        sum.kept = true;
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
