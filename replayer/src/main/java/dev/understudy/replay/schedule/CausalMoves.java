package dev.understudy.replay.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a causal schedule does when a task waits in a database for a lock, on whichever arm. Mostly nothing: the holder's
 * transaction goes on and will end. But where that can't end before the waiter is done, since something of it has to
 * follow the waiter, there would be a standstill. Then the holder's tasks up to its end go first: {@link Passing} changes
 * the order of what has not been sent, for both arms.
 *
 * <p>If production had sent that end before the waiter's place, this breaks no order that is proven, and the holder is what
 * has moved; else the waiter is.
 *
 * <p>A lock that no session of the trace holds will be let go some time, mostly soon. But it may be a prepared
 * transaction's, which the trace has yet to end: told of it {@value #PATIENCE} times, the order goes on without the waiter
 * and its session, and takes them up again when it has its answer.
 *
 * <p>Two sessions that wait for each other, each on another arm, see no end of that: one of them gets its transaction's
 * rest written behind what it waits with. The arms have taken two orders there, and what was under way is raced. So is
 * what is sent while something waits for a lock with which it may conflict.
 */
final class CausalMoves {
    /** How often is waited on for a lock that no session of the trace holds. */
    private static final int PATIENCE = 10;
    /** How often a wait has to be told before it counts as lasting: those who wait for one row soon pass it on. */
    private static final int TOLD_OFTEN = 2;

    private final CausalPlan plan;
    private final WaitGraph graph;
    private final Passing passing;
    private final Deque<List<Planned>> ahead = new ArrayDeque<>();
    private final Contention contention;

    CausalMoves(CausalPlan plan, Contention contention) {
        this.plan = plan;
        this.contention = contention;
        this.graph = new WaitGraph(plan);
        this.passing = new Passing(plan, graph);
    }

    /** Tasks to be written behind what their session waits with; null if there are none. */
    @Nullable List<Planned> writtenAhead() {
        return ahead.pollFirst();
    }

    /**
     * A task has been sent: it races with what waits for a lock that its session does not hold, and with what an arm that
     * does not wait may have done already.
     */
    void sent(Planned planned) {
        contention.sent(planned);
        if (plan.blocked.isEmpty()) {
            return;
        }
        for (CausalLine line : plan.blocked) {
            boolean holds = line.holders.contains(planned.task.session());
            for (Planned waiting : line.underWay) {
                boolean isAwaited = holds
                        && waiting == line.underWay.getFirst()
                        && (planned.letsGo() || !waiting.task.answeredSomewhere);
                if (!isAwaited && waiting.conflictsWith(planned)) {
                    waiting.task.raced = true;
                    planned.task.raced = true;
                }
            }
        }
    }

    /** A task has ended. */
    void done(Planned planned, boolean transactionOver) {
        CausalLine line = planned.line;
        plan.blocked.remove(line);
        line.strangers = 0;
        line.told = 0;
        contention.done(planned, transactionOver);
        for (CausalLine other : plan.blocked) {
            if (other.holders.contains(planned.task.session())) {
                other.told = 0; // as long as one of them goes on, it may let it go on
            }
        }
        if (line.stranded && line.underWay.isEmpty()) {
            line.stranded = false;
            goLast(line);
        }
        if ((transactionOver || planned.letsGo()) && !plan.blocked.isEmpty()) {
            // what is known of who else they wait for is old: one of them may have got it
            plan.blocked.removeIf(other -> other.holders.contains(planned.task.session()));
        }
        plan.looksFurther &= !plan.blocked.isEmpty();
    }

    /** A task waits for locks that these sessions hold, or foreign ones, on some arm. */
    void blocked(Task task, Set<Long> holders) {
        CausalLine waiter = plan.known(task.session());
        if (waiter == null || waiter.underWay.isEmpty() || holders.isEmpty()) {
            return;
        }
        Planned waiting = waiter.underWay.getFirst();
        waiting.waited = true;
        waiter.holders = new HashSet<>(holders);
        waiter.told++;
        plan.blocked.add(waiter);
        if (task.waitsEverywhere) {
            plan.met(waiting);
        }
        if (waiter.told > PATIENCE || everybodyWaits()) {
            meetNobodyElse(waiter);
        }
        if (!endsCircle(waiter)) {
            resolve(waiter);
        }
        plan.looksFurther |= lacksEnd(waiter);
    }

    /** This waits for long: whoever else was to wait for the same end can't, or would have by now. */
    private void meetNobodyElse(CausalLine waiter) {
        for (long holder : waiter.holders) {
            CausalLine line = plan.known(holder);
            Planned end = line == null || plan.blocked.contains(line) ? null : line.end();
            if (end != null && end.inSight) {
                plan.meetNobodyElse(end);
            }
        }
    }

    /** Whether whatever is under way waits for long: then an end that is kept back for others may be what all wait for. */
    private boolean everybodyWaits() {
        for (CausalLine line : plan.lines()) {
            if (!line.underWay.isEmpty() && (line.told <= TOLD_OFTEN || !plan.blocked.contains(line))) {
                return false;
            }
        }
        return plan.firstReady() == null;
    }

    /** Looks again at what waits, if more of those who hold locks has come in sight. */
    void reconsider() {
        if (plan.holderInSight) {
            plan.holderInSight = false;
            List.copyOf(plan.blocked).forEach(this::resolve);
            plan.looksFurther = plan.blocked.stream().anyMatch(this::lacksEnd);
        }
    }

    /** Whether something that it waits for is the end of a transaction and not in sight. */
    private boolean lacksEnd(CausalLine waiter) {
        for (long holder : waiter.holders) {
            CausalLine line = plan.known(holder);
            if (line != null && !line.isEndUnderWay()) {
                Planned end = line.end();
                if (end == null || !end.inSight) {
                    return true;
                }
            }
        }
        return false;
    }

    private void resolve(CausalLine waiter) {
        Planned waiting = waiter.underWay.getFirst();
        for (long holder : waiter.holders) {
            CausalLine line = plan.known(holder);
            if (line == null) {
                waiter.strangers++;
                if (waiter.strangers >= PATIENCE) {
                    strand(waiter);
                }
            } else if (!line.isEndUnderWay() && !plan.blocked.contains(line)) {
                // who waits itself ahead of this one, or holds what this one wants: in either case its turn comes first
                Planned end = line.end();
                if (end != null && end.inSight && !end.waiters.contains(waiting)) {
                    resolve(waiting, end);
                }
            }
        }
    }

    private void resolve(Planned waiting, Planned end) {
        boolean proven = waiting.isProvenBefore(end);
        if (proven) {
            contention.waits(waiting);
        }
        if (waiting.line.told >= TOLD_OFTEN && graph.behind(waiting).contains(end) && passing.pass(end, waiting)) {
            (proven ? waiting : end).task.moved = true;
        }
    }

    /** Lets the order go on without a line. */
    private void strand(CausalLine line) {
        if (!line.stranded) {
            line.stranded = true;
            line.underWay.forEach(planned -> planned.task.moved = true);
            plan.reorder(plan.index.undoneInOrder());
        }
    }

    /** Takes a line up again behind what has come in sight meanwhile. */
    private void goLast(CausalLine line) {
        List<Planned> order = new ArrayList<>();
        List<Planned> last = new ArrayList<>();
        for (Planned planned : plan.index.undoneInOrder()) {
            (planned.line == line ? last : order).add(planned);
        }
        last.forEach(planned -> planned.task.moved = true);
        order.addAll(last);
        plan.reorder(order);
    }

    /**
     * If all that a line waits for waits in a circle, lets the lowest go on that can; whether there is a circle. Those that
     * wait for one row wait for each other too, on each arm in another order: who holds it lets them all go on.
     */
    private boolean endsCircle(CausalLine start) {
        Set<CausalLine> circle = Standstill.circle(start, this::blockedHolders);
        for (CausalLine line : circle) {
            if (line.told < TOLD_OFTEN || blockedHolders(line).size() < line.holders.size()) {
                return false;
            }
        }
        if (!circle.isEmpty() && ahead.isEmpty()) {
            circle.forEach(line -> line.underWay.forEach(planned -> planned.task.raced = true));
            List<CausalLine> lowestFirst = new ArrayList<>(circle);
            lowestFirst.removeIf(line -> line.unsent.isEmpty());
            lowestFirst.sort(Comparator.comparing(line -> line.unsent.getFirst().place()));
            for (CausalLine line : lowestFirst) {
                if (writeAhead(line)) {
                    break;
                }
            }
        }
        return !circle.isEmpty();
    }

    private List<CausalLine> blockedHolders(CausalLine waiter) {
        List<CausalLine> holders = new ArrayList<>();
        for (long holder : waiter.holders) {
            CausalLine line = plan.known(holder);
            if (line != null && plan.blocked.contains(line)) {
                holders.add(line);
            }
        }
        return holders;
    }

    /** Writes a line's tasks up to its transaction's end behind what it waits with; whether that can be done. */
    private boolean writeAhead(CausalLine line) {
        List<Planned> rest = rest(line);
        boolean can = rest.stream()
                        .allMatch(planned -> planned.producers.stream().allMatch(Planned::isDone))
                && Standstill.canBeWrittenBehind(
                        line.underWay.getLast().task.work(),
                        rest.stream().map(planned -> planned.task.work()).toList());
        if (can) {
            rest.forEach(planned -> planned.task.moved = true);
            ahead.add(rest);
        }
        return can;
    }

    /**
     * A line's unsent tasks in sight, up to what lets go of its transaction's locks; where its transaction's end has been
     * sent, up to what lets go of its session's. Empty if that is not known.
     */
    private static List<Planned> rest(CausalLine line) {
        boolean endSent =
                line.underWay.stream().anyMatch(planned -> planned.task.work().endsTransaction());
        List<Planned> rest = new ArrayList<>();
        for (Planned planned : line.unsent) {
            if (!planned.inSight || endSent && line.keptLocks == 0) {
                break;
            }
            rest.add(planned);
            if (endSent ? planned.unlocks() : planned.letsGo()) {
                return rest;
            }
        }
        return List.of();
    }
}
