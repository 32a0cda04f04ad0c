package dev.understudy.replay.schedule;

import java.util.ArrayList;
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

    private final Map<String, Table> tables = new HashMap<>();
    private final List<Access> anywhere = new ArrayList<>();
    /** In the order in which they came in sight; done ones are taken out now and then. */
    private final List<Planned> inSight = new ArrayList<>();

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

    /** Tasks in sight, some of which may be done. */
    List<Planned> inSight() {
        return inSight;
    }

    /** Brings a task in sight, whose accesses are known. */
    void add(Planned planned) {
        for (Access access : planned.accesses) {
            if (access.isAnything()) {
                followAll(planned, access);
            } else {
                follow(anywhere, access, false);
                followRows(access);
            }
        }
        planned.accesses.forEach(this::put);
        inSight.add(planned);
        undone++;
    }

    private void followAll(Planned planned, Access access) {
        boolean hides = access.conflictsWithAll();
        for (int i = inSight.size() - 1; i >= 0; i--) {
            Planned earlier = inSight.get(i);
            if (!earlier.isDone() && earlier.line != planned.line && Access.conflict(earlier.modes, access.modes())) {
                earlier.leadNew(planned);
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

    private void followRows(Access access) {
        Table table = tables.get(access.table());
        if (table == null) {
            return;
        }
        boolean hides = access.conflictsWithAll();
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
            if (earlier.line != planned.line && Access.conflict(entry.modes(), access.modes())) {
                earlier.leadNew(planned);
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
            table.keys.computeIfAbsent(access.key(), key -> new ArrayList<>(4)).add(access);
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

    /** Shows a task again that others may have hidden. */
    void showAgain(Planned planned) {
        planned.accesses.forEach(this::remove);
        planned.accesses.forEach(this::put);
    }

    /** Takes a task out that is done. */
    void remove(Planned planned) {
        planned.accesses.forEach(this::remove);
        undone--;
        if (inSight.size() > 2 * undone + COMPACT_AFTER) {
            inSight.removeIf(Planned::isDone);
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
            }
        }
        if (table.isEmpty()) {
            tables.remove(access.table());
        }
    }
}
