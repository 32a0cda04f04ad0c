package dev.understudy.diff.state;

import dev.understudy.diff.state.ComparedColumn.Expression;
import dev.understudy.diff.state.Sides.Both;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Pairs rows of which each arm made up the key by chance, after a replay: by what they hold beside the columns that a
 * server fills in by itself. Of the pairs, only columns that a clock fills in may still differ; what chance made is
 * nobody's to compare, and rows that content does not pair stay on one side only.
 */
final class ContentPairing {
    /** Rows of each side held at once. */
    private static final int CHUNK = 1_000;

    private final Sides sides;
    private final TablePlan plan;
    private final MadeUpColumns madeUp;

    ContentPairing(Sides sides, TablePair pair, TablePlan plan) {
        this.sides = sides;
        this.plan = plan;
        this.madeUp = MadeUpColumns.of(sides, pair, plan);
    }

    /** Whether keys are made by chance. */
    boolean applies() {
        return plan.key().stream().anyMatch(madeUp.byChance()::contains);
    }

    /** Takes pairs out of the tally, and puts what differs in them into the book. */
    void pair(RowTally tally, CellBook book) throws SideException, InterruptedException {
        List<ComparedColumn> content = plan.columns().stream()
                .filter(column ->
                        !madeUp.byChance().contains(column) && !madeUp.byClock().contains(column))
                .toList();
        String left = contents(plan.control(), content, ComparedColumn::control, tally.missingIds());
        String right = contents(plan.candidate(), content, ComparedColumn::candidate, tally.extraIds());
        Both<Map<Long, Deque<Long>>> hashes = sides.both(side -> idsByHash(side, left), side -> idsByHash(side, right));
        Map<Long, Long> pairs = new LinkedHashMap<>();
        hashes.control().forEach((hash, ids) -> {
            Deque<Long> others = hashes.candidate().getOrDefault(hash, new ArrayDeque<>());
            while (!ids.isEmpty() && !others.isEmpty()) {
                pairs.put(ids.poll(), others.poll());
            }
        });
        if (pairs.isEmpty()) {
            return;
        }
        pairs.forEach(tally::paired);
        if (!madeUp.byClock().isEmpty()) {
            compare(pairs, book);
        }
    }

    /** Of rows that are alike the earlier belong together. */
    private String contents(
            SideSql sql, List<ComparedColumn> content, Function<ComparedColumn, Expression> side, List<Long> ids) {
        List<String> order = madeUp.byClock().stream()
                .filter(TimePairing::isTime)
                .sorted(Comparator.comparing(column -> column.control().column()))
                .map(side)
                .map(Expression::sql)
                .toList();
        return sql.contents(plan.hash(content, side), order, ids);
    }

    private static Map<Long, Deque<Long>> idsByHash(SideSession side, String sql) throws SQLException {
        Map<Long, Deque<Long>> ids = new LinkedHashMap<>();
        side.query(
                sql,
                row -> ids.computeIfAbsent(row.getLong(2), hash -> new ArrayDeque<>())
                        .add(row.getLong(1)));
        return ids;
    }

    private void compare(Map<Long, Long> pairs, CellBook book) throws SideException, InterruptedException {
        RowDetail detail = new RowDetail(sides, plan.control(), plan.candidate());
        List<Long> ids = new ArrayList<>(pairs.keySet());
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            Map<Long, FullRow> before = byId(detail.some(sides.control(), some, CHUNK));
            List<Long> others = some.stream().map(pairs::get).toList();
            Map<Long, FullRow> after = byId(detail.some(sides.candidate(), others, CHUNK));
            for (long id : some) {
                FullRow row = before.get(id);
                FullRow other = after.get(pairs.get(id));
                if (row != null && other != null) {
                    book.addPaired(row, other, madeUp.byChance());
                }
            }
        }
    }

    private static Map<Long, FullRow> byId(List<FullRow> rows) {
        Map<Long, FullRow> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.id(), row));
        return byId;
    }
}
