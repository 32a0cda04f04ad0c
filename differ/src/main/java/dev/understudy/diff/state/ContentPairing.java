package dev.understudy.diff.state;

import dev.understudy.diff.state.Sides.Both;
import dev.understudy.trace.catalog.Catalog;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final Set<ComparedColumn> byChance = new HashSet<>();
    private final Set<ComparedColumn> byClock = new HashSet<>();

    ContentPairing(Sides sides, TablePair pair, TablePlan plan) {
        this.sides = sides;
        this.plan = plan;
        Catalog.Relation before = pair.control();
        Catalog.Relation after = pair.candidate();
        if (before != null && after != null) {
            GeneratedColumns left = GeneratedColumns.of(sides.control().catalog(), before);
            GeneratedColumns right = GeneratedColumns.of(sides.candidate().catalog(), after);
            for (ComparedColumn column : plan.columns()) {
                String name = column.control().column();
                String other = column.candidate().column();
                if (left.byChance().contains(name) || right.byChance().contains(other)) {
                    byChance.add(column);
                } else if (left.byClock().contains(name) || right.byClock().contains(other)) {
                    byClock.add(column);
                }
            }
        }
    }

    /** Whether keys are made by chance. */
    boolean applies() {
        return plan.key().stream().anyMatch(byChance::contains);
    }

    /** Takes pairs out of the tally, and puts what differs in them into the book. */
    void pair(RowTally tally, CellBook book) throws SideException, InterruptedException {
        if (tally.missingIds().isEmpty() || tally.extraIds().isEmpty()) {
            return;
        }
        List<ComparedColumn> content = plan.columns().stream()
                .filter(column -> !byChance.contains(column) && !byClock.contains(column))
                .toList();
        String left = plan.control().contents(plan.hash(content, ComparedColumn::control), tally.missingIds());
        String right = plan.candidate().contents(plan.hash(content, ComparedColumn::candidate), tally.extraIds());
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
        tally.paired(pairs);
        if (!byClock.isEmpty()) {
            compare(pairs, book);
        }
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
                    book.addPaired(row, other, byChance);
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
