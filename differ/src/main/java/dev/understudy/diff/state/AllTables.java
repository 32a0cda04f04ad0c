package dev.understudy.diff.state;

import dev.understudy.diff.value.TypeCatalog;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.StateComparison.Moment;
import dev.understudy.trace.run.TableComparison;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All tables of two sides, one after the other, within one time budget. */
final class AllTables {
    private static final String DATA_EXCEPTION = "22";

    private final Sides sides;
    private final StateLimits limits;
    private final Moment moment;
    private final Deadline deadline;
    private final MomentRoom room;
    private final TypeCatalog controlTypes;
    private final TypeCatalog candidateTypes;

    private record Sized(TablePair pair, long bytes) {}

    AllTables(Sides sides, StateLimits limits, Moment moment, Deadline deadline) {
        this.sides = sides;
        this.limits = limits;
        this.moment = moment;
        this.deadline = deadline;
        this.room = new MomentRoom(limits.moments());
        this.controlTypes = new TypeCatalog(sides.control().catalog());
        this.candidateTypes = new TypeCatalog(sides.candidate().catalog());
    }

    /**
     * Compares them.
     *
     * @return one for each table, by name
     * @throws SQLException if a connection is lost
     */
    List<TableComparison> compare(List<TableMapping> mappings) throws SQLException, InterruptedException {
        List<TableComparison> done = new ArrayList<>();
        String doing = "reading the sizes of tables";
        try {
            for (Sized table : bySize(mappings)) {
                doing = "comparing table=" + table.pair().name();
                long began = deadline.nanos();
                TableComparison found = table(table);
                done.add(TableResult.timed(found, deadline.nanos() - began));
            }
        } catch (SideException e) {
            throw e.forCaller(doing);
        }
        done.sort(Comparator.comparing(found -> found.baseline().isEmpty() ? found.candidate() : found.baseline()));
        return done;
    }

    private List<Sized> bySize(List<TableMapping> mappings) throws SideException, InterruptedException {
        Map<String, Long> left = sides.one(sides.control(), TableSizes::read);
        Map<String, Long> right = sides.one(sides.candidate(), TableSizes::read);
        List<Sized> tables = new ArrayList<>();
        for (TablePair pair :
                TablePairs.of(sides.control().catalog(), sides.candidate().catalog(), mappings)) {
            long bytes = Math.max(
                    left.getOrDefault(TablePair.name(pair.control()), 0L),
                    right.getOrDefault(TablePair.name(pair.candidate()), 0L));
            tables.add(new Sized(pair, bytes));
        }
        tables.sort(Comparator.comparingLong(Sized::bytes));
        return tables;
    }

    private TableComparison table(Sized table) throws SideException, InterruptedException {
        TablePair pair = table.pair();
        if (deadline.isOver()) {
            return TableResult.notCompared(pair, deadline.note());
        }
        String elsewhere = ForeignTables.reason(sides, pair);
        if (!elsewhere.isEmpty()) {
            return TableResult.notCompared(pair, elsewhere);
        }
        try {
            return attempt(table, false);
        } catch (SideException e) {
            if (e.isLost() || !e.state().startsWith(DATA_EXCEPTION)) {
                return refused(pair, e);
            }
        }
        // A value of one type cannot be had in a common one.
        try {
            return attempt(table, true);
        } catch (SideException e) {
            return refused(pair, e);
        }
    }

    private TableComparison refused(TablePair pair, SideException e) throws SideException {
        if (e.isLost()) {
            throw e;
        }
        return TableResult.notCompared(pair, Refusals.note(e, deadline));
    }

    private TableComparison attempt(Sized table, boolean asText) throws SideException, InterruptedException {
        long timeout = deadline.leftMillis();
        sides.both(side -> {
            side.beginTable(timeout);
            return true;
        });
        SideException failure = null;
        try {
            return compared(table, asText);
        } catch (SideException e) {
            failure = e;
            throw e;
        } finally {
            if (failure == null || !failure.isLost()) {
                sides.both(side -> {
                    side.endTable();
                    return true;
                });
            }
        }
    }

    private TableComparison compared(Sized table, boolean asText) throws SideException, InterruptedException {
        TablePair pair = table.pair();
        Catalog.Relation before = pair.control();
        Catalog.Relation after = pair.candidate();
        if (before == null || after == null) {
            return oneSided(pair, before, after);
        }
        TablePlan plan = TablePlan.of(sides, pair, before, after, asText);
        return new TableRun(sides, pair, plan, limits, moment, room, controlTypes, candidateTypes)
                .compare(table.bytes());
    }

    private TableComparison oneSided(
            TablePair pair, Catalog.@Nullable Relation before, Catalog.@Nullable Relation after)
            throws SideException, InterruptedException {
        long left = before == null ? -1 : sides.one(sides.control(), side -> rows(side, before));
        long right = after == null ? -1 : sides.one(sides.candidate(), side -> rows(side, after));
        return TableResult.notCompared(
                pair, left, right, before == null ? "only the candidate has it" : "only the control has it");
    }

    private static long rows(SideSession side, Catalog.Relation relation) throws SQLException {
        long[] rows = {0};
        side.query("SELECT count(*) FROM " + SideSql.from(relation), row -> rows[0] = row.getLong(1));
        return rows[0];
    }
}
