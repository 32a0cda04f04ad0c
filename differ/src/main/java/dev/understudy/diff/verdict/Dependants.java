package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.JudgedDifference;
import dev.understudy.diff.attribute.JudgedOutcome;
import dev.understudy.diff.compare.Aspect;
import dev.understudy.pgwire.message.ServerMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which exchanges fail on the candidate only because an earlier one did: a statement whose preparation failed is unknown
 * ever after, and each use of it would be a finding of its own. Fed each session's outcomes in order; bounded, and what
 * is forgotten is a finding again. Belongs to one thread.
 */
final class Dependants {
    /** Failed statements remembered, over all sessions. */
    private static final int MAX_REMEMBERED = 100_000;

    private static final String UNKNOWN_STATEMENT = "26000";

    private final Map<Failed, String> roots = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Failed, String> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Failed(long session, String fingerprint) {}

    /** The origin of the failure that this outcome depends on; null if its differences are its own. */
    @Nullable String rootOf(long session, JudgedOutcome judged) {
        if (judged.differences().size() != 1
                || !isOfUnknownStatement(judged)
                || !isBlamedError(judged.differences().get(0))) {
            return null;
        }
        return roots.get(new Failed(session, judged.differences().get(0).facts().fingerprint()));
    }

    /** Remembers the statements that failed on the candidate in their own right. */
    void remember(long session, JudgedOutcome judged) {
        for (JudgedDifference difference : judged.differences()) {
            if (isBlamedError(difference) && !isOfUnknownStatement(judged)) {
                roots.put(new Failed(session, difference.facts().fingerprint()), difference.origin());
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
}
