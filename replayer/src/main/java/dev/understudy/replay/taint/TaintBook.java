package dev.understudy.replay.taint;

import dev.understudy.replay.access.Action;
import dev.understudy.replay.access.Region;
import dev.understudy.replay.access.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that may differ between the arms for a reason that is known. Bounded: a table with too many regions is
 * tainted as a whole, and with too many tables everything is. Belongs to one thread.
 */
final class TaintBook {
    /** Regions told apart in one table. */
    static final int MAX_REGIONS = 1_000;
    /** Tables told apart. */
    static final int MAX_TABLES = 2_000;

    private final Map<String, List<Taint>> tables = new HashMap<>();
    /** Tables whose sequences one arm has not drawn from. */
    private final Map<String, Root> shifted = new HashMap<>();

    private @Nullable Root everything;

    private static final class Taint {
        Region region;
        final Root root;
        /** What a raced write has changed, null for the whole row. */
        final @Nullable Set<String> changed;

        Taint(Region region, Root root, @Nullable Set<String> changed) {
            this.region = region;
            this.root = root;
            this.changed = changed;
        }
    }

    boolean isEmpty() {
        return tables.isEmpty() && shifted.isEmpty() && everything == null;
    }

    /** Rows that a write left behind on one arm only, or otherwise. */
    void add(Write write, Root root) {
        Region region = write.reach();
        List<Taint> taints = tables.get(region.table());
        if (taints == null && tables.size() >= MAX_TABLES) {
            everything(root);
            return;
        }
        if (taints == null) {
            taints = new ArrayList<>();
            tables.put(region.table(), taints);
        }
        for (Taint taint : taints) {
            // what races or fails again where something failed stays what it is
            boolean lasts = !taint.root.raced() || root.raced();
            if (lasts && (taint.region.equals(region) || taint.region.where().isEmpty())) {
                return;
            }
        }
        if (region.where().isEmpty()) {
            taints.removeIf(taint -> !root.raced());
        }
        if (taints.size() >= MAX_REGIONS) {
            Root first = taints.get(0).root;
            taints.clear();
            taints.add(new Taint(Region.whole(region.table()), new Root(first.exchange(), false), null));
            return;
        }
        Set<String> changed = write.action() == Action.UPDATE ? write.changed() : null;
        taints.add(new Taint(region, root, changed));
    }

    /** Nothing is known any more. */
    void everything(Root root) {
        if (everything == null) {
            everything = root;
        }
    }

    /** One arm has drawn from a table's sequence, the other has not: ids that are generated from here on differ. */
    void shift(String table, Root root) {
        if (shifted.size() < MAX_TABLES) {
            shifted.putIfAbsent(table, root);
        } else {
            everything(root);
        }
    }

    /** The root of whatever is tainted, null if nothing is. */
    @Nullable Root any() {
        if (everything != null) {
            return everything;
        }
        for (List<Taint> taints : tables.values()) {
            return taints.get(0).root;
        }
        return null;
    }

    /** The root of a taint in these rows, null if there is none. */
    @Nullable Root in(Region rows) {
        for (Taint taint : tables.getOrDefault(rows.table(), List.of())) {
            if (!taint.region.isApartFrom(rows)) {
                return taint.root;
            }
        }
        return everything;
    }

    /** The root that makes a write's generated values differ, null if none does. */
    @Nullable Root shifts(Write write) {
        Root root = write.generated() ? shifted.get(write.region().table()) : null;
        return root == null && write.generated() ? everything : root;
    }

    /** A write ran on both arms: rows that are tainted may have moved with it. */
    void moved(Write write) {
        for (Taint taint : tables.getOrDefault(write.region().table(), List.of())) {
            if (write.action() != Action.INSERT && !taint.region.isApartFrom(write.region())) {
                taint.region = write.action() == Action.DELETE ? taint.region : taint.region.without(write.changed());
            }
        }
    }

    /** A write ran on both arms, in one order, and left nothing of what its rows were before. */
    void overwritten(Write write) {
        String table = write.region().table();
        if (write.action() == Action.TRUNCATE) {
            tables.remove(table);
            return;
        }
        List<Taint> taints = tables.get(table);
        if (taints != null && write.overwrites()) {
            taints.removeIf(taint -> taint.root.raced() && isCovered(taint, write));
            if (taints.isEmpty()) {
                tables.remove(table);
            }
        }
    }

    private static boolean isCovered(Taint taint, Write write) {
        boolean allRows = write.region().where().entrySet().stream().allMatch(column -> {
            Set<?> values = taint.region.where().get(column.getKey());
            return values != null && column.getValue().containsAll(values);
        });
        Set<String> changed = write.changed();
        boolean allColumns = write.action() == Action.DELETE
                || write.action() == Action.UPDATE
                        && changed != null
                        && taint.changed != null
                        && changed.containsAll(taint.changed);
        return allRows && allColumns;
    }
}
