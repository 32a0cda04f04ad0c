package dev.understudy.trace.ledger;

import dev.understudy.trace.entry.NumberRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of numbers as ranges, those that touch joined into one. */
final class NumberRanges {
    private final NavigableMap<Long, Long> ends = new TreeMap<>();

    /** Adds a range; tells the numbers of it that were there already. */
    void add(long from, long to, NumberSet.Run twice) {
        forEachCommon(from, to, twice);
        long start = from;
        long end = to;
        Map.Entry<Long, Long> below = ends.floorEntry(from);
        if (below != null && below.getValue() >= from - 1) {
            start = below.getKey();
            end = Math.max(end, below.getValue());
        }
        for (Map.Entry<Long, Long> next = ends.higherEntry(start);
                next != null && next.getKey() <= (end == Long.MAX_VALUE ? end : end + 1);
                next = ends.higherEntry(start)) {
            end = Math.max(end, next.getValue());
            ends.remove(next.getKey());
        }
        ends.put(start, end);
    }

    /** Adds a range, whatever of it was there. */
    void add(long from, long to) {
        add(from, to, (twiceFrom, twiceTo) -> {});
    }

    /** What of a range is in the set, ascending. */
    void forEachCommon(long from, long to, NumberSet.Run run) {
        Long first = ends.floorKey(from);
        for (Map.Entry<Long, Long> entry :
                ends.subMap(first == null ? from : first, true, to, true).entrySet()) {
            long common = Math.max(from, entry.getKey());
            long last = Math.min(to, entry.getValue());
            if (common <= last) {
                run.take(common, last);
            }
        }
    }

    /** What of a range is not in the set, ascending. */
    void forEachOther(long from, long to, NumberSet.Run run) {
        long[] next = {from};
        forEachCommon(from, to, (commonFrom, commonTo) -> {
            if (next[0] < commonFrom) {
                run.take(next[0], commonFrom - 1);
            }
            next[0] = commonTo + 1;
        });
        if (next[0] <= to) {
            run.take(next[0], to);
        }
    }

    void forEach(NumberSet.Run run) {
        ends.forEach(run::take);
    }

    boolean isEmpty() {
        return ends.isEmpty();
    }

    /** How many numbers. */
    long size() {
        return ends.entrySet().stream()
                .mapToLong(range -> range.getValue() - range.getKey() + 1)
                .sum();
    }

    /** The first ranges, at most {@code atMost}. */
    List<NumberRange> list(int atMost) {
        List<NumberRange> list = new ArrayList<>();
        ends.entrySet().stream()
                .limit(atMost)
                .forEach(each -> list.add(new NumberRange(each.getKey(), each.getValue())));
        return list;
    }
}
