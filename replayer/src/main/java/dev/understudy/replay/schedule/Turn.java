package dev.understudy.replay.schedule;

import java.util.List;

/**
 * What an answer reveals of an order that the counter does not prove: who got the lower value of a sequence drew first,
 * and so did who got the first row of those that others were locking.
 *
 * @param in what it is a turn in: turns in something else are no earlier and no later
 * @param values compared one by one, the lower first
 */
public record Turn(Object in, List<Long> values) implements Comparable<Turn> {
    /** Copies the list. */
    public Turn {
        values = List.copyOf(values);
    }

    /** Whether this turn came before another in the same: where one has no more values, that is not known. */
    boolean isBefore(Turn other) {
        return order(other) < 0;
    }

    /** The lower first, then the one of fewer values; only turns in the same can be compared. */
    @Override
    public int compareTo(Turn other) {
        int order = order(other);
        return order != 0 ? order : Integer.compare(values.size(), other.values.size());
    }

    private int order(Turn other) {
        for (int i = 0; i < Math.min(values.size(), other.values.size()); i++) {
            int order = Long.compare(values.get(i), other.values.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
