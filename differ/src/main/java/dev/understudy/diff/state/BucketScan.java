package dev.understudy.diff.state;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One side's rows as one scan counts and sums them, by bucket. */
final class BucketScan {
    private final Map<Long, Bucket> buckets = new HashMap<>();
    private long rows;

    /** How many rows a bucket has, and the sum of their hashes. */
    private record Bucket(long rows, BigDecimal sum) {}

    private BucketScan() {}

    /** Scans; {@code large} tables are worth more than one of the server's processes. */
    static BucketScan of(SideSession side, SideSql sql, Buckets buckets, boolean large) throws SQLException {
        BucketScan scan = new BucketScan();
        side.query(sql.buckets(buckets, large), row -> {
            Bucket bucket = new Bucket(row.getLong(2), row.getBigDecimal(3));
            scan.buckets.put(row.getLong(1), bucket);
            scan.rows += bucket.rows();
        });
        return scan;
    }

    /** Rows of the whole table. */
    long rows() {
        return rows;
    }

    /** The buckets in which the other side's rows are not the same, ascending. */
    List<Long> differing(BucketScan other) {
        Set<Long> all = new HashSet<>(buckets.keySet());
        all.addAll(other.buckets.keySet());
        List<Long> differing = new ArrayList<>();
        for (Long bucket : all) {
            @Nullable Bucket mine = buckets.get(bucket);
            if (mine == null || !mine.equals(other.buckets.get(bucket))) {
                differing.add(bucket);
            }
        }
        differing.sort(null);
        return differing;
    }
}
