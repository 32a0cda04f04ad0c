package dev.understudy.diff.state;

import dev.understudy.diff.state.Sides.Both;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.StateComparison.Moment;
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
import java.util.TreeSet;

/**
 * Pairs rows that no key pairs, since each arm made up the key by chance or there is none: by what they hold beside the
 * columns that a server fills in by itself, and in a table without key beside times, which statements fill in by their
 * clocks. Among rows that are alike in that, the earlier belong together. What then differs in a pair is told cell by
 * cell; after a replay, what chance made is nobody's to compare. Rows that content does not pair stay on one side only.
 */
final class ContentPairing {
    /** Rows of each side held at once. */
    private static final int CHUNK = 1_000;

    private static final Set<String> TIMES = Set.of("timestamptz", "timestamp");

    private final Sides sides;
    private final TablePlan plan;
    private final Moment moment;
    private final Set<ComparedColumn> byChance = new HashSet<>();
    private final Set<ComparedColumn> byClock = new HashSet<>();

    /** The ids of two rows that belong together. */
    record IdPair(long control, long candidate) {}

    /** A row's id and the hash of its content. */
    private record Content(long id, long hash) {}

    ContentPairing(Sides sides, TablePair pair, TablePlan plan, Moment moment) {
        this.sides = sides;
        this.plan = plan;
        this.moment = moment;
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
                } else if (left.byClock().contains(name) || right.byClock().contains(other) || isTimeOfRow(column)) {
                    byClock.add(column);
                }
            }
        }
    }

    private boolean isTimeOfRow(ComparedColumn column) {
        return !plan.isKeyed() && column.bothSides(expression -> TIMES.contains(expression.typeName()));
    }

    /** Whether there may be rows that only their content pairs. */
    boolean applies() {
        if (plan.isKeyed()) {
            return moment == Moment.AFTER_REPLAY && plan.key().stream().anyMatch(byChance::contains);
        }
        return !content().isEmpty() && content().size() < plan.columns().size();
    }

    private List<ComparedColumn> content() {
        return plan.columns().stream()
                .filter(column -> !byChance.contains(column) && !byClock.contains(column))
                .toList();
    }

    /** Takes pairs out of the tally, and puts what differs in them into the book. */
    void pair(RowTally tally, CellBook book) throws SideException, InterruptedException {
        if (tally.missingIds().isEmpty() || tally.extraIds().isEmpty()) {
            return;
        }
        List<IdPair> pairs = plan.isKeyed() ? ofOneSide(tally) : ofBothSides(tally);
        if (pairs.isEmpty()) {
            return;
        }
        tally.paired(pairs);
        if (!byClock.isEmpty() || moment == Moment.BEFORE_REPLAY) {
            compare(pairs, book);
        }
    }

    /** Keys are either side's own: an id that one side lacks is of that many rows of the other. */
    private List<IdPair> ofOneSide(RowTally tally) throws SideException, InterruptedException {
        Both<List<Content>> rows = contents(tally.missingIds(), tally.extraIds());
        return pairs(byHash(rows.control(), Map.of()), byHash(rows.candidate(), Map.of()));
    }

    /** Ids are the rows' hashes: what both sides have of one id is taken off first. */
    private List<IdPair> ofBothSides(RowTally tally) throws SideException, InterruptedException {
        Set<Long> ids = new TreeSet<>(tally.missingIds());
        ids.addAll(tally.extraIds());
        List<Long> both = List.copyOf(ids);
        Both<List<Content>> rows = contents(both, both);
        Map<Long, Integer> common = rowsOfId(rows.control());
        Map<Long, Integer> others = rowsOfId(rows.candidate());
        common.replaceAll((id, count) -> Math.min(count, others.getOrDefault(id, 0)));
        return pairs(byHash(rows.control(), common), byHash(rows.candidate(), common));
    }

    private static Map<Long, Integer> rowsOfId(List<Content> rows) {
        Map<Long, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.id(), 1, Integer::sum));
        return counts;
    }

    /** The ids of each content in their order, but the first ones that the other side has too. */
    private static Map<Long, Deque<Long>> byHash(List<Content> rows, Map<Long, Integer> common) {
        Map<Long, Integer> left = new HashMap<>(common);
        Map<Long, Deque<Long>> ids = new LinkedHashMap<>();
        for (Content row : rows) {
            if (left.merge(row.id(), -1, Integer::sum) < 0) {
                ids.computeIfAbsent(row.hash(), hash -> new ArrayDeque<>()).add(row.id());
            }
        }
        return ids;
    }

    private Both<List<Content>> contents(List<Long> ofControl, List<Long> ofCandidate)
            throws SideException, InterruptedException {
        List<ComparedColumn> content = content();
        List<ComparedColumn> clocks = plan.columns().stream()
                .filter(column -> byClock.contains(column)
                        && column.bothSides(expression -> TIMES.contains(expression.typeName())))
                .toList();
        String left = plan.control()
                .contents(
                        plan.hash(content, ComparedColumn::control),
                        clocks.stream().map(column -> column.control().sql()).toList(),
                        ofControl);
        String right = plan.candidate()
                .contents(
                        plan.hash(content, ComparedColumn::candidate),
                        clocks.stream().map(column -> column.candidate().sql()).toList(),
                        ofCandidate);
        return sides.both(side -> read(side, left), side -> read(side, right));
    }

    private static List<Content> read(SideSession side, String sql) throws SQLException {
        List<Content> rows = new ArrayList<>();
        side.query(sql, row -> rows.add(new Content(row.getLong(1), row.getLong(2))));
        return rows;
    }

    private static List<IdPair> pairs(Map<Long, Deque<Long>> control, Map<Long, Deque<Long>> candidate) {
        List<IdPair> pairs = new ArrayList<>();
        control.forEach((hash, ids) -> {
            Deque<Long> others = candidate.getOrDefault(hash, new ArrayDeque<>());
            while (!ids.isEmpty() && !others.isEmpty()) {
                pairs.add(new IdPair(ids.remove(), others.remove()));
            }
        });
        return pairs;
    }

    private void compare(List<IdPair> pairs, CellBook book) throws SideException, InterruptedException {
        RowDetail detail = new RowDetail(sides, plan.control(), plan.candidate());
        Set<ComparedColumn> nobodys = moment == Moment.AFTER_REPLAY ? byChance : Set.of();
        for (int from = 0; from < pairs.size(); from += CHUNK) {
            List<IdPair> some = pairs.subList(from, Math.min(pairs.size(), from + CHUNK));
            List<Long> left =
                    some.stream().map(IdPair::control).distinct().sorted().toList();
            List<Long> right =
                    some.stream().map(IdPair::candidate).distinct().sorted().toList();
            Map<Long, FullRow> before = byId(detail.some(sides.control(), left, CHUNK));
            Map<Long, FullRow> after = byId(detail.some(sides.candidate(), right, CHUNK));
            for (IdPair pair : some) {
                FullRow row = before.get(pair.control());
                FullRow other = after.get(pair.candidate());
                if (row != null && other != null) {
                    book.addPaired(row, other, nobodys);
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
