package dev.understudy.capture.recorder;

import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Numbers of all lanes that found no room in the spool, until there is room for the gap that tells so. Lanes take turns
 * in the numbers they lose, so one book for all of them holds few ranges however long it lasts.
 *
 * <p>Called by the recorder threads; guarded by its monitor.
 */
public final class LossBook {
    /**
     * What one gap tells.
     *
     * @param session the session that lost all of it, 0 if several did
     * @param numbers the numbers, ascending and apart
     * @param exchanges how many of them are exchanges
     * @param bytes how many bytes these had
     */
    record Losses(long session, List<NumberRange> numbers, long exchanges, long bytes) {}

    private static final class Sum {
        /** Range starts to range ends. */
        final NavigableMap<Long, Long> ranges = new TreeMap<>();

        long session;
        long exchanges;
        long bytes;
    }

    private volatile boolean isEmpty = true;
    private final Map<Gap.Reason, Sum> sums = new EnumMap<>(Gap.Reason.class);

    /** A number that is lost: an exchange's, or ({@code exchange} false) a session's start or end. */
    synchronized void add(Gap.Reason reason, long session, long number, boolean exchange, long bytes) {
        add(reason, new Losses(session, List.of(new NumberRange(number, number)), exchange ? 1 : 0, bytes));
    }

    /** Numbers that are lost. */
    synchronized void add(Gap.Reason reason, Losses losses) {
        Sum sum = sums.get(reason);
        if (sum == null) {
            sum = new Sum();
            sum.session = losses.session();
            sums.put(reason, sum);
        } else if (sum.session != losses.session()) {
            sum.session = 0;
        }
        sum.exchanges += losses.exchanges();
        sum.bytes += losses.bytes();
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
        Long above = sum.ranges.get(to + 1);
        if (above != null) {
            sum.ranges.remove(to + 1);
            to = above;
        }
        sum.ranges.put(from, to);
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** Takes all losses out of the book. */
    synchronized Map<Gap.Reason, Losses> take() {
        Map<Gap.Reason, Losses> taken = new EnumMap<>(Gap.Reason.class);
        sums.forEach((reason, sum) -> {
            List<NumberRange> numbers = new ArrayList<>(sum.ranges.size());
            sum.ranges.forEach((from, to) -> numbers.add(new NumberRange(from, to)));
            taken.put(reason, new Losses(sum.session, numbers, sum.exchanges, sum.bytes));
        });
        sums.clear();
        isEmpty = true;
        return taken;
    }
}
