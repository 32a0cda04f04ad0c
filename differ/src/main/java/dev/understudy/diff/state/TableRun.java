package dev.understudy.diff.state;

import dev.understudy.diff.state.Sides.Both;
import dev.understudy.diff.value.TypeCatalog;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.RowSample;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One table that both sides have: scanned, narrowed to what differs, and that looked at. */
final class TableRun {
    /** PostgreSQL too shares scans from this size on (min_parallel_table_scan_size). */
    private static final long LARGE_BYTES = 8 << 20;

    private final Sides sides;
    private final TablePair pair;
    private final TablePlan plan;
    private final StateLimits limits;
    private final Moment moment;
    private final MomentRoom room;
    private final TypeCatalog controlTypes;
    private final TypeCatalog candidateTypes;

    TableRun(
            Sides sides,
            TablePair pair,
            TablePlan plan,
            StateLimits limits,
            Moment moment,
            MomentRoom room,
            TypeCatalog controlTypes,
            TypeCatalog candidateTypes) {
        this.sides = sides;
        this.pair = pair;
        this.plan = plan;
        this.limits = limits;
        this.moment = moment;
        this.room = room;
        this.controlTypes = controlTypes;
        this.candidateTypes = candidateTypes;
    }

    TableComparison compare(long tableBytes) throws SideException, InterruptedException {
        TableResult result = new TableResult(pair, plan);
        Buckets buckets = buckets(tableBytes);
        boolean large = tableBytes >= LARGE_BYTES;
        Both<BucketScan> scans = sides.both(
                side -> BucketScan.of(side, plan.control(), buckets, large),
                side -> BucketScan.of(side, plan.candidate(), buckets, large));
        result.rows(scans.control().rows(), scans.candidate().rows());
        List<Long> differing = scans.control().differing(scans.candidate());
        if (!differing.isEmpty()) {
            RowTally tally = tally(buckets, differing);
            detail(tally, result);
        }
        return result.comparison();
    }

    private Buckets buckets(long tableBytes) throws SideException, InterruptedException {
        if (!plan.hasRanges()) {
            return Buckets.hashes(tableBytes);
        }
        Both<long[]> bounds = sides.both(side -> bounds(side, plan.control()), side -> bounds(side, plan.candidate()));
        long least = Math.min(bounds.control()[0], bounds.candidate()[0]);
        long greatest = Math.max(bounds.control()[1], bounds.candidate()[1]);
        return least > greatest ? Buckets.ranges(0, 0) : Buckets.ranges(least, greatest);
    }

    private static long[] bounds(SideSession side, SideSql sql) throws SQLException {
        long[] bounds = {Long.MAX_VALUE, Long.MIN_VALUE};
        side.query(sql.bounds(), row -> {
            long least = row.getLong(1);
            if (!row.wasNull()) {
                bounds[0] = least;
                bounds[1] = row.getLong(2);
            }
        });
        return bounds;
    }

    private RowTally tally(Buckets buckets, List<Long> differing) throws SideException, InterruptedException {
        RowTally tally = new RowTally(plan.isKeyed(), limits.detailRows());
        try (HashStream left = new HashStream(sides, sides.control(), copies(plan.control(), buckets, differing));
                HashStream right =
                        new HashStream(sides, sides.candidate(), copies(plan.candidate(), buckets, differing))) {
            tally.merge(left, right);
        }
        return tally;
    }

    private static List<String> copies(SideSql sql, Buckets buckets, List<Long> differing) {
        return buckets.conditions(sql, differing).stream().map(sql::hashes).toList();
    }

    private void detail(RowTally tally, TableResult result) throws SideException, InterruptedException {
        RowDetail detail = new RowDetail(sides, plan.control(), plan.candidate());
        CellBook book = new CellBook(plan.columns(), controlTypes, candidateTypes, limits, room);
        detail.into(book, tally.changedIds());
        pairByContent(tally, book, result);
        result.tally(tally);
        result.cells(book.cells());
        for (FullRow row : detail.some(sides.control(), tally.missingIds(), limits.samples())) {
            result.sample(new RowSample(true, shown(row)));
        }
        for (FullRow row : detail.some(sides.candidate(), tally.extraIds(), limits.samples())) {
            result.sample(new RowSample(false, shown(row)));
        }
    }

    private void pairByContent(RowTally tally, CellBook book, TableResult result)
            throws SideException, InterruptedException {
        if (tally.missing() == 0 || tally.extra() == 0) {
            return;
        }
        if (!plan.isKeyed()) {
            TimePairing times = new TimePairing(sides, pair, plan, moment);
            if (times.applies() && tally.areAllKept()) {
                times.pair(tally, book);
            } else if (times.applies()) {
                result.unpaired(tally);
            }
        } else if (moment == Moment.AFTER_REPLAY) {
            ContentPairing keys = new ContentPairing(sides, pair, plan);
            if (keys.applies()) {
                keys.pair(tally, book);
            }
        }
    }

    private String shown(FullRow row) {
        if (plan.isKeyed()) {
            return Excerpts.head(row.key());
        }
        List<String> values = new ArrayList<>();
        row.values().forEach(value -> values.add(value == null ? "NULL" : value));
        return Excerpts.head(String.join(", ", values));
    }
}
