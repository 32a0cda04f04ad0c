package dev.understudy.diff.tally;

import dev.understudy.diff.bounded.LeastKeys;
import dev.understudy.diff.tally.OpenClaims.ExchangeKey;
import dev.understudy.trace.entry.ExchangeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many exchanges each failed one has tainted, and in which group of differences that one is. Root and dependants may
 * be of different partitions. Bounded: dependants of the later roots beyond the bound are in no group's count, only in
 * that of all tainted exchanges. Mutable; belongs to one thread.
 */
final class Dependants {
    /** Roots remembered. */
    static final int MAX_REMEMBERED = 100_000;

    private final LeastKeys<ExchangeKey, Root> roots;
    private final Set<String> gone = new HashSet<>();

    private static final class Root {
        /** The group of its failure, empty as long as it is not known. */
        private String group = "";

        private long dependants;
        private boolean changed = true;
        private boolean kept;
    }

    Dependants(int maxRemembered) {
        roots = LeastKeys.ofKeys(maxRemembered);
    }

    /** An exchange failed on one arm, and is counted in that group; the least of several groups is it. */
    void failed(ExchangeId exchange, String group) {
        change(key(exchange), group, 0);
    }

    /** An exchange was tainted by that root. */
    void depends(ExchangeId root) {
        change(key(root), "", 1);
    }

    /** Counts what another holds. */
    void add(Dependants other) {
        cutAt(other.cutoff());
        other.roots.forEach((key, root) -> change(key, root.group, root.dependants));
    }

    private static ExchangeKey key(ExchangeId exchange) {
        return new ExchangeKey(exchange.session(), exchange.ordinal());
    }

    private void change(ExchangeKey key, String group, long more) {
        Root root = roots.at(key, Root::new);
        if (root == null) {
            return;
        }
        root.dependants += more;
        if (!group.isEmpty() && (root.group.isEmpty() || group.compareTo(root.group) < 0)) {
            root.group = group;
        }
        root.changed = true;
        roots.trim(this::forget);
    }

    private void forget(ExchangeKey key, Root root) {
        if (root.kept) {
            gone.add(key.id());
        }
    }

    @Nullable ExchangeKey cutoff() {
        return roots.cutoff();
    }

    void cutAt(@Nullable ExchangeKey cutoff) {
        roots.cutAt(cutoff, this::forget);
    }

    /** Dependants by their root's group. */
    Map<String, Long> byGroup() {
        Map<String, Long> sums = new HashMap<>();
        roots.forEach((key, root) -> sums.merge(root.group, root.dependants, Long::sum));
        return sums;
    }

    void takeChanges(Consumer<TallyEntry> changes, Consumer<String> vanished) {
        roots.forEach((key, root) -> {
            if (root.changed) {
                root.changed = false;
                root.kept = true;
                changes.accept(new TallyEntry.Failure(key, root.group, root.dependants));
            }
        });
        gone.forEach(vanished);
        gone.clear();
    }

    void restore(TallyEntry.Failure kept) {
        change(kept.exchange(), kept.group(), kept.dependants());
        Root root = roots.get(kept.exchange());
        if (root != null) {
            root.changed = false;
            root.kept = true;
        }
    }
}
