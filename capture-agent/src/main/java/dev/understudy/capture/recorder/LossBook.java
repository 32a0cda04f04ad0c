package dev.understudy.capture.recorder;

import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What all lanes lost and no gap tells yet. Lanes take turns in the numbers they lose, so one book of numbers for all of
 * them holds few ranges however long it lasts; whichever lane finds room first writes them. Counts are kept by lane, and
 * each lane writes its own, so that a lane's gaps add up to what its heartbeats say it lost.
 *
 * <p>Called by the recorder threads; guarded by its monitor.
 */
public final class LossBook {
    /**
     * What one gap tells.
     *
     * @param session the session that lost all of it, 0 if several did
     * @param numbers the numbers, ascending and apart; empty where another lane has written them
     * @param exchanges how many exchanges the lane lost
     * @param bytes how many bytes these had
     */
    record Losses(long session, List<NumberRange> numbers, long exchanges, long bytes) {}

    private static final class Count {
        long exchanges;
        long bytes;
    }

    private static final class Sum {
        /** Range starts to range ends. */
        final NavigableMap<Long, Long> ranges = new TreeMap<>();

        final Map<Integer, Count> counts = new HashMap<>();
        long session;
    }

    private final Map<Gap.Reason, Sum> sums = new EnumMap<>(Gap.Reason.class);
    private volatile boolean isEmpty = true;

    /** A number that a lane lost: an exchange's, or ({@code exchange} false) a session's start or end. */
    void add(int lane, Gap.Reason reason, long session, long number, boolean exchange, long bytes) {
        add(lane, reason, new Losses(session, List.of(new NumberRange(number, number)), exchange ? 1 : 0, bytes));
    }

    /** Numbers that a lane lost. */
    synchronized void add(int lane, Gap.Reason reason, Losses losses) {
        Sum sum = sums.get(reason);
        if (sum == null) {
            sum = new Sum();
            sum.session = losses.session();
            sums.put(reason, sum);
        } else if (sum.session != losses.session()) {
            sum.session = 0;
        }
        Count count = sum.counts.computeIfAbsent(lane, absent -> new Count());
        count.exchanges += losses.exchanges();
        count.bytes += losses.bytes();
        for (NumberRange range : losses.numbers()) {
            add(sum, range);
        }
        isEmpty = false;
    }

    private static void add(Sum sum, NumberRange numbers) {
        long from = numbers.from();
        long to = numbers.to();
        Map.Entry<Long, Long> below = sum.ranges.floorEntry(from);
        if (below != null && below.getValue() >= from - 1) {
            from = below.getKey();
            to = Math.max(to, below.getValue());
        }
        Long above = sum.ranges.remove(to + 1);
        if (above != null) {
            to = above;
        }
        sum.ranges.put(from, to);
    }

    /** Whether no lane has lost anything that is not told. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Takes out of the book what a lane can tell: all numbers, and its own counts. */
    synchronized Map<Gap.Reason, Losses> take(int lane) {
        Map<Gap.Reason, Losses> taken = new EnumMap<>(Gap.Reason.class);
        sums.forEach((reason, sum) -> {
            Count count = sum.counts.remove(lane);
            if (count != null || !sum.ranges.isEmpty()) {
                List<NumberRange> numbers = new ArrayList<>(sum.ranges.size());
                sum.ranges.forEach((from, to) -> numbers.add(new NumberRange(from, to)));
                sum.ranges.clear();
                Count counted = count == null ? new Count() : count;
                taken.put(reason, new Losses(sum.session, numbers, counted.exchanges, counted.bytes));
            }
        });
        sums.values().removeIf(sum -> sum.ranges.isEmpty() && sum.counts.isEmpty());
        isEmpty = sums.isEmpty();
        return taken;
    }
}
