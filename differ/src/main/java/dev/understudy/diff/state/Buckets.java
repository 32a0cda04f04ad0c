package dev.understudy.diff.state;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * How rows are put into buckets by their ids: ranges of them, or for hashes their lowest bits.
 *
 * @param bits ids of one range have all but these lowest bits in common; of a hash, so many lowest bits are the bucket
 * @param ranges whether buckets are ranges
 */
record Buckets(int bits, boolean ranges) {
    /** No more buckets than 2 to this: what one scan returns, and both sides' answers hold at once. */
    static final int MAX_BITS = 16;

    /** No fewer buckets of hashes than 2 to this. */
    private static final int MIN_BITS = 4;

    /** A bucket that differs costs as many rows as it has: 2 to this where keys are dense. */
    private static final int ROW_BITS = 8;

    /** Of so many bytes of a table, roughly one row: for the number of buckets only. */
    private static final long ROW_BYTES = 100;

    /** Ranges further apart are asked for in one if there were more of them than this. */
    private static final int MAX_RANGES = 4_096;

    /** Buckets that are ranges of ids between two. */
    static Buckets ranges(long least, long greatest) {
        // As an unsigned number, which the difference always fits.
        int spread = Long.SIZE - Long.numberOfLeadingZeros(greatest - least);
        int bits = Math.max(ROW_BITS, spread - MAX_BITS);
        return new Buckets(bits, true);
    }

    /** Buckets of hashes, as many as a table of that size needs. */
    static Buckets hashes(long tableBytes) {
        long rows = Math.max(1, tableBytes / ROW_BYTES);
        int wanted = Long.SIZE - Long.numberOfLeadingZeros(rows >> ROW_BITS);
        int bits = Math.min(MAX_BITS, Math.max(MIN_BITS, wanted));
        return new Buckets(bits, false);
    }

    /** An expression for the bucket of an id. */
    String of(String id) {
        return ranges ? "(" + id + ") >> " + bits : "(" + id + ") & " + ((1L << bits) - 1);
    }

    /**
     * Conditions that together take in the rows of those buckets, each as one query, in the order of ids.
     *
     * @param buckets ascending, not empty
     */
    List<String> conditions(SideSql sql, List<Long> buckets) {
        return ranges ? ranges(sql.idColumn(), buckets) : List.of(oneOf(sql.id(), buckets));
    }

    private String oneOf(String id, List<Long> buckets) {
        if (buckets.size() == 1L << bits) {
            return "";
        }
        StringJoiner list = new StringJoiner(",", of(id) + " IN (SELECT unnest('{", "}'::int8[]))");
        buckets.forEach(bucket -> list.add(Long.toString(bucket)));
        return list.toString();
    }

    private List<String> ranges(String column, List<Long> buckets) {
        long gap = 1;
        List<long[]> ranges = joined(buckets, gap);
        while (ranges.size() > MAX_RANGES) {
            gap *= 2;
            ranges = joined(buckets, gap);
        }
        List<String> conditions = new ArrayList<>();
        for (long[] range : ranges) {
            long first = range[0] << bits;
            long last = (range[1] << bits) + ((1L << bits) - 1);
            conditions.add(column + " BETWEEN '" + first + "'::int8 AND '" + last + "'::int8");
        }
        return conditions;
    }

    /** Buckets no further apart than the gap become one range: first and last bucket. */
    private static List<long[]> joined(List<Long> buckets, long gap) {
        List<long[]> ranges = new ArrayList<>();
        for (long bucket : buckets) {
            long[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && bucket - last[1] <= gap) {
                last[1] = bucket;
            } else {
                ranges.add(new long[] {bucket, bucket});
            }
        }
        return ranges;
    }
}
