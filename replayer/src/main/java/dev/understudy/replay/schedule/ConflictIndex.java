package dev.understudy.replay.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in sight that are not done, by the rows that they touch.
 *
 * <p>A task that comes in sight is made to follow those before it with which it may conflict. One that conflicts with
 * everything before and after it hides what it follows: whoever comes later follows that one alone. So a row's history is a
 * chain, and a task has few others to follow however many want the same row.
 */
final class ConflictIndex {
    private static final int COMPACT_AFTER = 64;
    private static final int MAX_SPARE = 1_024;

    private final Map<String, Table> tables = new HashMap<>();
    private final List<Access> anywhere = new ArrayList<>();
    /** Empty lists for keys to come. */
    private final Deque<List<Access>> spare = new ArrayDeque<>();
    /** In the order that is kept; done ones are taken out now and then. */
    private List<Planned> inSight = new ArrayList<>();

    private int undone;
    /** Whether a task was met, since this was last asked, that must have come before what the newest lets go. */
    private boolean overtaken;

    private static final class Table {
        final List<Access> whole = new ArrayList<>();
        final Map<Object, List<Access>> keys = new HashMap<>();

        boolean isEmpty() {
            return whole.isEmpty() && keys.isEmpty();
        }
    }

    /** How many tasks are in sight and not done. */
    int undone() {
        return undone;
    }

    /** Tasks in sight and not done, in the order that is kept. */
    List<Planned> undoneInOrder() {
        List<Planned> undone = new ArrayList<>(this.undone);
        for (Planned planned : inSight) {
            if (!planned.isDone()) {
                undone.add(planned);
            }
        }
        return undone;
    }

    /** Brings a task in sight behind all others; its accesses are known. */
    void add(Planned planned) {
        planned.position = inSight.isEmpty() ? 0 : inSight.get(inSight.size() - 1).position + 1;
        inSight.add(planned);
        undone++;
        link(planned, inSight.size() - 1);
    }

    /** Takes another order of what is in sight and not done. What has been sent already waits for nobody. */
    void reorder(List<Planned> order) {
        tables.clear();
        anywhere.clear();
        inSight = order;
        order.forEach(Planned::unlink);
        for (int i = 0; i < order.size(); i++) {
            order.get(i).position = i;
            link(order.get(i), i);
        }
        overtaken = false;
    }

    private void link(Planned planned, int at) {
        for (int i = 0; i < planned.accesses.size(); i++) {
            Access access = planned.accesses.get(i);
            if (access.isAnything()) {
                followAll(planned, access, at);
            } else {
                follow(anywhere, access, false);
                followRows(access);
            }
        }
        for (Planned producer : planned.producers) {
            if (!producer.isDone() && producer.line != planned.line) {
                producer.lead(planned);
            }
        }
        for (int i = 0; i < planned.accesses.size(); i++) {
            put(planned.accesses.get(i));
        }
    }

    private void followAll(Planned planned, Access access, int at) {
        boolean hides = hides(access);
        for (int i = at - 1; i >= 0; i--) {
            Planned earlier = inSight.get(i);
            if (!earlier.isDone() && mayLead(earlier, planned) && Access.conflict(earlier.modes, access.modes())) {
                earlier.lead(planned);
            }
            if (earlier.hidesAll && !earlier.isDone()) {
                break;
            }
        }
        if (hides) {
            planned.hidesAll = true;
            tables.clear();
            anywhere.clear();
        }
    }

    /**
     * Whether who comes later need not follow what is before this, since it follows this. What has been sent does not wait
     * for what was put before it since; and nobody follows a line that is stranded.
     */
    private static boolean hides(Access access) {
        Planned planned = access.planned();
        return access.conflictsWithAll() && planned.isQueued() && !planned.line.stranded;
    }

    private static boolean mayLead(Planned earlier, Planned later) {
        return earlier.line != later.line && !earlier.line.stranded && !later.waiters.contains(earlier);
    }

    private void followRows(Access access) {
        Table table = tables.get(access.table());
        if (table == null) {
            return;
        }
        boolean hides = hides(access);
        if (access.key() == null) {
            follow(table.whole, access, hides);
            for (List<Access> entries : table.keys.values()) {
                follow(entries, access, hides);
            }
            if (hides) {
                table.keys.values().removeIf(List::isEmpty);
            }
        } else {
            follow(table.whole, access, false);
            List<Access> entries = table.keys.get(access.key());
            if (entries != null) {
                follow(entries, access, hides);
            }
        }
    }

    /** Makes an access's task follow those that it may conflict with, and drops them if it hides them. */
    private void follow(List<Access> entries, Access access, boolean hides) {
        Planned planned = access.planned();
        for (int i = 0; i < entries.size(); i++) {
            Access entry = entries.get(i);
            Planned earlier = entry.planned();
            if (mayLead(earlier, planned) && Access.conflict(entry.modes(), access.modes())) {
                earlier.lead(planned);
                overtaken |= earlier.isQueued()
                        && access.since().compareTo(earlier.place()) < 0
                        && entry.locksRowOf(access)
                        && earlier.isProvenBefore(planned);
            }
        }
        if (hides) {
            entries.clear();
        }
    }

    private void put(Access access) {
        if (access.isAnything()) {
            anywhere.add(access);
            return;
        }
        Table table = tables.computeIfAbsent(access.table(), name -> new Table());
        if (access.key() == null) {
            table.whole.add(access);
        } else {
            List<Access> entries = table.keys.get(access.key());
            if (entries == null) {
                entries = spare.isEmpty() ? new ArrayList<>(2) : spare.removeLast();
                table.keys.put(access.key(), entries);
            }
            entries.add(access);
        }
    }

    /**
     * Whether the newest task is the end of a transaction, and another task that locks one of its rows came in sight behind
     * the one that locks it there, and yet is proven to come before the end. Then it did not wait for that end: its answer
     * was overtaken by the other's.
     */
    boolean wasOvertaken() {
        boolean was = overtaken;
        overtaken = false;
        return was;
    }

    /** Takes a task out that is done. */
    void remove(Planned planned) {
        for (int i = 0; i < planned.accesses.size(); i++) {
            remove(planned.accesses.get(i));
        }
        undone--;
        if (inSight.size() > 2 * undone + COMPACT_AFTER) {
            inSight.removeIf(Planned::isDone);
            for (int i = 0; i < inSight.size(); i++) {
                inSight.get(i).position = i;
            }
        }
    }

    private void remove(Access access) {
        if (access.isAnything()) {
            anywhere.remove(access);
            return;
        }
        Table table = tables.get(access.table());
        if (table == null) {
            return;
        }
        @Nullable Object key = access.key();
        if (key == null) {
            table.whole.remove(access);
        } else {
            List<Access> entries = table.keys.get(key);
            if (entries != null && entries.remove(access) && entries.isEmpty()) {
                table.keys.remove(key);
                if (spare.size() < MAX_SPARE) {
                    spare.addLast(entries);
                }
            }
        }
        if (table.isEmpty()) {
            tables.remove(access.table());
        }
    }
}
