package dev.understudy.replay.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A change of the order that lets a transaction's end go before a task which comes before it, with as little else moved as
 * can be:
 *
 * <ul>
 *   <li>what goes first is the end with what must be done before it, whatever the order: its session's tasks, and the ends
 *       of transactions that hold rows which these lock. So is what is proven to come before any of these;
 *   <li>the task, with what is behind it in the order and does not go first, is put right behind the last of these.
 * </ul>
 *
 * <p>Everything else keeps its order.
 */
final class Passing {
    private static final int MAX_DEPTH = 8;

    private final CausalPlan plan;
    private final WaitGraph graph;

    Passing(CausalPlan plan, WaitGraph graph) {
        this.plan = plan;
        this.graph = graph;
    }

    /**
     * Changes the order, and marks what has moved.
     *
     * @return whether the end can go before the task
     */
    boolean pass(Planned end, Planned task) {
        List<Planned> order = plan.index.undoneInOrder();
        if (pass(end, task, graph.openEnds(), true, 0)) {
            return true;
        }
        plan.reorder(order);
        // each would wait for the other: a deadlock, which the databases end
        return pass(end, task, List.of(), true, 0);
    }

    /** The same, unless that breaks an order that is proven; nothing is marked, since both were told to be so placed. */
    boolean passIfUnproven(Planned end, Planned task) {
        return pass(end, task, graph.openEnds(), false, 0);
    }

    private boolean pass(Planned end, Planned task, List<Planned> ends, boolean evenIfProven, int depth) {
        Set<Planned> bound = graph.boundBehind(task);
        Set<Planned> first = graph.boundBefore(List.of(end), ends);
        if (depth > MAX_DEPTH || first.stream().anyMatch(bound::contains)) {
            return false;
        }
        Set<Planned> behind = graph.behind(task);
        List<Planned> order = plan.index.undoneInOrder();
        addProven(order, first, behind, bound, ends);
        // a row's holder goes before who locks it next
        for (Planned locker : sorted(first)) {
            for (Planned holder : ends) {
                if (first.contains(holder)
                        && locker.isQueued()
                        && locker.position < holder.position
                        && graph.isLockedOut(locker, holder)) {
                    if (!pass(holder, locker, ends, evenIfProven, depth + 1)) {
                        return false;
                    }
                    order = plan.index.undoneInOrder();
                }
            }
        }
        behind.removeAll(first);
        return delay(order, behind, first, evenIfProven);
    }

    /** Adds what is proven to come before what goes first, and would be passed, where it can go first. */
    private void addProven(
            List<Planned> order, Set<Planned> first, Set<Planned> behind, Set<Planned> bound, List<Planned> ends) {
        for (int i = order.size() - 1; i >= 0; i--) {
            Planned earlier = order.get(i);
            if (earlier.isQueued()
                    && behind.contains(earlier)
                    && !first.contains(earlier)
                    && !bound.contains(earlier)) {
                for (Planned passing : first) {
                    if (earlier.position < passing.position
                            && earlier.isProvenBefore(passing)
                            && earlier.conflictsWith(passing)) {
                        Set<Planned> before = graph.boundBefore(List.of(earlier), ends);
                        if (!before.contains(passing) && before.stream().noneMatch(bound::contains)) {
                            first.addAll(before);
                        }
                        break;
                    }
                }
            }
        }
    }

    private static List<Planned> sorted(Set<Planned> tasks) {
        return tasks.stream()
                .sorted(Comparator.comparingInt(task -> task.position))
                .toList();
    }

    /** Puts some tasks behind the last of others. Of two that may conflict, what breaks no proven order is said to move. */
    private boolean delay(List<Planned> order, Set<Planned> delayed, Set<Planned> first, boolean evenIfProven) {
        List<Planned> changed = new ArrayList<>(order.size());
        List<Planned> late = new ArrayList<>();
        List<Planned> moved = new ArrayList<>();
        int left = first.size();
        for (Planned planned : order) {
            if (first.contains(planned)) {
                for (Planned passed : late) {
                    if (passed.conflictsWith(planned)) {
                        boolean proven = passed.isProvenBefore(planned);
                        if (proven && !evenIfProven) {
                            return false;
                        }
                        moved.add(proven ? passed : planned);
                    }
                }
                changed.add(planned);
                if (--left == 0) {
                    changed.addAll(late);
                }
            } else if (left > 0 && delayed.contains(planned)) {
                late.add(planned);
            } else {
                changed.add(planned);
            }
        }
        if (evenIfProven) {
            moved.forEach(planned -> planned.task.moved = true);
        }
        plan.reorder(changed);
        return true;
    }
}
