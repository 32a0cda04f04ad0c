package dev.understudy.replay.taint;

import dev.understudy.replay.access.Region;
import dev.understudy.replay.access.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session's transaction has written so far, and whether it has gone another way on an arm. Bounded: what is
 * written beyond counts as its whole tables.
 */
final class OpenTransaction {
    /** Writes told apart. */
    static final int MAX_WRITES = 2_000;
    /** Savepoints remembered. */
    private static final int MAX_SAVEPOINTS = 1_000;

    private final List<Written> writes = new ArrayList<>();
    private final Set<String> wholeTables = new HashSet<>();
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private @Nullable Root broken;

    /**
     * A write.
     *
     * @param write the rows
     * @param root why they differ even if the transaction ends alike on the arms; null if they do not
     * @param even whether it ran on both arms in one order
     * @param anything whether it may have written anything; {@code write} says nothing then
     */
    record Written(Write write, @Nullable Root root, boolean even, boolean anything) {}

    private record Savepoint(
            String name, int writes, @Nullable Root broken) {}

    List<Written> writes() {
        return writes;
    }

    void add(Written written) {
        if (writes.size() < MAX_WRITES) {
            writes.add(written);
        } else if (written.anything()
                || wholeTables.add(written.write().region().table())) {
            Write whole = new Write(
                    Region.whole(written.write().region().table()),
                    written.write().action(),
                    null,
                    false,
                    false);
            writes.add(new Written(whole, written.root(), written.even(), written.anything()));
        }
    }

    /** From which exchange on it has gone another way; null as long as it has not. */
    @Nullable Root broken() {
        return broken;
    }

    void breakAt(Root root) {
        if (broken == null) {
            broken = root;
        }
    }

    /** The root of a row among these that this transaction has written otherwise, null if there is none. */
    @Nullable Root in(Region rows) {
        for (Written written : writes) {
            if (written.root() != null && !written.write().reach().isApartFrom(rows)) {
                return written.root();
            }
        }
        return null;
    }

    void savepoint(String name) {
        if (savepoints.size() < MAX_SAVEPOINTS) {
            savepoints.push(new Savepoint(name, writes.size(), broken));
        }
    }

    /** Everywhere the transaction is again what it was at that savepoint. */
    void rollBackTo(String name) {
        Savepoint savepoint = find(name);
        if (savepoint != null) {
            broken = savepoint.broken();
            writes.subList(Math.min(savepoint.writes(), writes.size()), writes.size())
                    .clear();
            savepoints.push(savepoint);
        }
    }

    void release(String name) {
        find(name);
    }

    /** Takes the youngest savepoint of that name with those behind it; null, and nothing taken, if there is none. */
    private @Nullable Savepoint find(String name) {
        boolean known =
                savepoints.stream().anyMatch(savepoint -> savepoint.name().equals(name));
        for (Iterator<Savepoint> youngest = savepoints.iterator(); known && youngest.hasNext(); ) {
            Savepoint savepoint = youngest.next();
            youngest.remove();
            if (savepoint.name().equals(name)) {
                return savepoint;
            }
        }
        return null;
    }
}
