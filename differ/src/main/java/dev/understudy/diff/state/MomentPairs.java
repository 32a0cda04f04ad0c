package dev.understudy.diff.state;

import dev.understudy.diff.value.Moment;
import dev.understudy.pgwire.value.Value;
import dev.understudy.trace.run.TableComparison.MomentPair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Both sides' times of the cells of one group, so that they can be held against what ran then. Pairs that lie close to
 * each other on both sides are one, with their number: a table into which a run wrote for an hour has more cells than
 * anybody wants to keep, and few such pairs. Bounded; not safe for several threads.
 */
final class MomentPairs {
    /** Closer than 2^15 µs, a third of what the clocks of two machines are allowed to differ by. */
    private static final int GRID = 15;

    private final MomentRoom room;
    private final Map<Cell, MomentPair> pairs = new LinkedHashMap<>();

    private record Cell(long baseline, long candidate, boolean zoned) {}

    /** Of as many pairs as there is room for; what would be one more is left out. */
    MomentPairs(MomentRoom room) {
        this.room = room;
    }

    /** Takes in two values if both are points in time. */
    void add(Value before, Value after) {
        Moment a = Moment.spelled(before);
        Moment b = Moment.spelled(after);
        if (a == null || b == null || a.kind() == Moment.Kind.TIME || b.kind() == Moment.Kind.TIME) {
            return;
        }
        boolean zoned = a.kind() == Moment.Kind.TIMESTAMPTZ && b.kind() == Moment.Kind.TIMESTAMPTZ;
        Cell cell = new Cell(a.micros() >> GRID, b.micros() >> GRID, zoned);
        MomentPair known = pairs.get(cell);
        if (known != null) {
            pairs.put(cell, known.again());
        } else if (room.take()) {
            pairs.put(cell, new MomentPair(a.micros(), b.micros(), zoned, 1));
        }
    }

    /** In the order in which each was first seen. */
    List<MomentPair> list() {
        return List.copyOf(pairs.values());
    }
}
