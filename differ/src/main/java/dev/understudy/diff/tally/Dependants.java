package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.JudgedDifference;
import dev.understudy.diff.attribute.JudgedOutcome;
import dev.understudy.diff.compare.Aspect;
import dev.understudy.pgwire.message.ServerMessage;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which exchanges fail on the candidate only because an earlier one did: a statement whose preparation failed is unknown
 * ever after, and each use of it would be a finding of its own. Fed one partition's outcomes in their order; bounded,
 * and what is forgotten is a finding again: the oldest first, so beyond the bound, and only there, it matters which
 * sessions share a partition. Belongs to one thread.
 */
final class Dependants {
    /** Failed statements remembered, over all sessions of a partition. */
    static final int MAX_REMEMBERED = 100_000;

    private static final String UNKNOWN_STATEMENT = "26000";

    private final int maxRemembered;
    private final LinkedHashMap<Failed, Root> roots = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();
    private long next;

    private record Failed(long session, String fingerprint) {}

    private static final class Root {
        private final long no;
        private String origin;
        private boolean changed = true;
        private boolean kept;

        Root(long no, String origin) {
            this.no = no;
            this.origin = origin;
        }
    }

    Dependants(int maxRemembered) {
        this.maxRemembered = maxRemembered;
    }

    /** The origin of the failure that this outcome depends on; null if its differences are its own. */
    @Nullable String rootOf(long session, JudgedOutcome judged) {
        if (judged.differences().size() != 1
                || !isOfUnknownStatement(judged)
                || !isBlamedError(judged.differences().get(0))) {
            return null;
        }
        Root root = roots.get(
                new Failed(session, judged.differences().get(0).facts().fingerprint()));
        return root == null ? null : root.origin;
    }

    /** Remembers the statements that failed on the candidate in their own right. */
    void remember(long session, JudgedOutcome judged) {
        for (JudgedDifference difference : judged.differences()) {
            if (isBlamedError(difference) && !isOfUnknownStatement(judged)) {
                put(new Failed(session, difference.facts().fingerprint()), difference.origin());
            }
        }
    }

    private void put(Failed failed, String origin) {
        Root known = roots.get(failed);
        if (known == null) {
            roots.put(failed, new Root(next++, origin));
            forgetOldest();
        } else if (!known.origin.equals(origin)) {
            known.origin = origin;
            known.changed = true;
        }
    }

    private void forgetOldest() {
        if (roots.size() > maxRemembered) {
            Map.Entry<Failed, Root> oldest = roots.entrySet().iterator().next();
            roots.remove(oldest.getKey());
            if (oldest.getValue().kept) {
                gone.add(Long.toString(oldest.getValue().no));
            }
        }
    }

    private static boolean isBlamedError(JudgedDifference difference) {
        return difference.difference().place().aspect() == Aspect.ERROR
                && difference.attribution().isMigration();
    }

    private static boolean isOfUnknownStatement(JudgedOutcome judged) {
        for (ServerMessage error : judged.candidateErrors()) {
            if (error.sqlState().equals(UNKNOWN_STATEMENT)) {
                return true;
            }
        }
        return false;
    }

    long next() {
        return next;
    }

    void takeChanges(Consumer<TallyEntry> changes, Consumer<String> vanished) {
        roots.forEach((failed, root) -> {
            if (root.changed) {
                root.changed = false;
                root.kept = true;
                changes.accept(new TallyEntry.Failure(root.no, failed.session(), failed.fingerprint(), root.origin));
            }
        });
        gone.forEach(vanished);
        gone.clear();
    }

    void restore(List<TallyEntry.Failure> kept, long nextNumber) {
        kept.stream().sorted(Comparator.comparingLong(TallyEntry.Failure::no)).forEach(failure -> {
            Root root = new Root(failure.no(), failure.origin());
            root.changed = false;
            root.kept = true;
            roots.put(new Failed(failure.session(), failure.fingerprint()), root);
        });
        next = nextNumber;
    }
}
