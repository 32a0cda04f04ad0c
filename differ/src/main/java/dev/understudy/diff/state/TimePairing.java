package dev.understudy.diff.state;

import dev.understudy.diff.state.ComparedColumn.Expression;
import dev.understudy.trace.run.StateComparison.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Pairs rows of a table without a key that only one side has, by what they hold beside points in time: what a clock gave
 * differs between the sides, and a time that the migration shifted is a changed cell rather than a lost row and a new one.
 * Rows that hold the same are paired in the order of their times.
 */
final class TimePairing {
    private static final Set<String> TIMES = Set.of("timestamp", "timestamptz");

    /** Rows of one content held at once of each side; those beyond are not paired. */
    private static final int MAX_ALIKE = 10_000;

    private final Sides sides;
    private final TablePlan plan;
    private final Set<ComparedColumn> madeUp;
    private final List<ComparedColumn> content;
    private final List<ComparedColumn> times;

    TimePairing(Sides sides, TablePair pair, TablePlan plan, Moment moment) {
        this.sides = sides;
        this.plan = plan;
        MadeUpColumns made = MadeUpColumns.of(sides, pair, plan);
        this.madeUp = moment == Moment.AFTER_REPLAY ? made.byChance() : Set.of();
        this.times = plan.columns().stream().filter(TimePairing::isTime).toList();
        this.content = plan.columns().stream()
                .filter(column -> !times.contains(column)
                        && !made.byChance().contains(column)
                        && !made.byClock().contains(column))
                .toList();
    }

    /** Whether both sides hold points in time. */
    static boolean isTime(ComparedColumn column) {
        return column.bothSides(side -> TIMES.contains(side.typeName()));
    }

    /** Whether rows hold anything that they are not paired by, and something that they are. */
    boolean applies() {
        return !content.isEmpty() && content.size() < plan.columns().size();
    }

    /** Takes pairs out of the tally, and puts what differs in them into the book. */
    void pair(RowTally tally, CellBook book) throws SideException, InterruptedException {
        Map<Long, Long> missing = new HashMap<>(tally.missingById());
        Map<Long, Long> extra = new HashMap<>(tally.extraById());
        try (RowPages left = rows(sides.control(), plan.control(), ComparedColumn::control, tally.missingIds());
                RowPages right =
                        rows(sides.candidate(), plan.candidate(), ComparedColumn::candidate, tally.extraIds())) {
            while (left.peek() != null && right.peek() != null) {
                long hash = Math.min(hash(left), hash(right));
                List<FullRow> ofControl = alike(left, hash, missing);
                List<FullRow> ofCandidate = alike(right, hash, extra);
                for (int i = 0; i < Math.min(ofControl.size(), ofCandidate.size()); i++) {
                    book.addPaired(ofControl.get(i), ofCandidate.get(i), madeUp);
                    tally.paired(ofControl.get(i).id(), ofCandidate.get(i).id());
                }
            }
        }
    }

    private static long hash(RowPages rows) throws SideException, InterruptedException {
        FullRow row = rows.peek();
        return row == null ? Long.MAX_VALUE : Long.parseLong(row.key());
    }

    /**
     * Goes over the rows of that content, if there are any.
     *
     * @param more how many rows of each id this side has more than the other; what is taken is taken off
     */
    private static List<FullRow> alike(RowPages rows, long hash, Map<Long, Long> more)
            throws SideException, InterruptedException {
        List<FullRow> alike = new ArrayList<>();
        for (FullRow row = rows.peek(); row != null && Long.parseLong(row.key()) == hash; row = rows.peek()) {
            // Rows of one id are the same one as the other.
            if (alike.size() < MAX_ALIKE && more.merge(row.id(), -1L, Long::sum) >= 0) {
                alike.add(new FullRow(row.id(), "", row.values()));
            }
            rows.skip();
        }
        return alike;
    }

    private RowPages rows(SideSession session, SideSql sql, Function<ComparedColumn, Expression> side, List<Long> ids) {
        List<String> order = times.stream().map(side).map(Expression::sql).toList();
        return new RowPages(
                sides,
                session,
                sql.byContent(plan.hash(content, side), order, ids),
                1,
                sql.shown().size());
    }
}
