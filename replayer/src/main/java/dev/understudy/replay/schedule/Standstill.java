package dev.understudy.replay.schedule;

import dev.understudy.trace.entry.ExchangeFlag;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * With two arms there is a standstill that no server sees: sessions that wait for each other, each on another arm, after
 * each arm has let another of them go first.
 */
final class Standstill {
    private Standstill() {}

    /**
     * Who waits, directly or not, for whom a session waits for.
     *
     * @param waitsFor for whom a session waits that wait themselves
     * @return empty if the session is not among them: then who it waits for goes on
     */
    static <L> Set<L> circle(L start, Function<L, Collection<L>> waitsFor) {
        Set<L> circle = new HashSet<>();
        Deque<L> toFollow = new ArrayDeque<>(List.of(start));
        while (!toFollow.isEmpty()) {
            for (L next : waitsFor.apply(toFollow.removeFirst())) {
                if (circle.add(next)) {
                    toFollow.add(next);
                }
            }
        }
        return circle.contains(start) ? circle : Set.of();
    }

    /** Whether a transaction's rest, if there is any, can be written behind what has no answer yet. */
    static boolean canBeWrittenBehind(Work waiting, List<Work> rest) {
        Work last = waiting;
        for (Work work : rest) {
            boolean forced = work instanceof Work.Run run && run.treatment() instanceof Treatment.Force;
            if (!mayFollow(last) || !forced && !Pipelining.mayBeAhead(work)) {
                return false;
            }
            last = work;
        }
        return !rest.isEmpty();
    }

    /** Also behind what failed in production: should it be a COPY that an arm begins, the standstill lasts, as it would. */
    private static boolean mayFollow(Work last) {
        return Pipelining.mayFollow(last)
                || last instanceof Work.Run run
                        && run.treatment() instanceof Treatment.Send
                        && run.exchange().facts().sqlState() != null
                        && !run.exchange().flags().contains(ExchangeFlag.COPY_IN);
    }
}
