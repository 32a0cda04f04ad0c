package dev.understudy.diff.state;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.value.ColumnType;
import dev.understudy.diff.value.TypeCatalog;
import dev.understudy.diff.value.ValueChange;
import dev.understudy.diff.value.ValueComparison;
import dev.understudy.diff.value.ValueReader;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.value.Value;
import dev.understudy.trace.run.TableComparison.CellDifference;
import dev.understudy.trace.run.TableComparison.CellSample;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects how the cells of paired rows differ, in groups of column, class and transition. Bounded. */
final class CellBook {
    private static final String OTHER = "other";
    /** The column of a row whose hash differs though every value reads the same. */
    private static final String WHOLE_ROW = "*";

    private final List<ComparedColumn> columns;
    private final List<ColumnType> controlTypes;
    private final List<ColumnType> candidateTypes;
    private final StateLimits limits;
    private final MomentRoom room;
    private final Map<Kind, Group> groups = new LinkedHashMap<>();

    private record Kind(String column, String candidateColumn, DifferenceClass type, String transition) {}

    private record Change(DifferenceClass type, String transition) {
        /** What nobody can read is other bytes all the same. */
        static Change of(ValueChange change) {
            String place = change.path().isEmpty() ? "" : change.path() + ": ";
            return new Change(
                    change.type().isUncovered() ? DifferenceClass.VALUE_BYTES : change.type(),
                    place + change.transition());
        }
    }

    private static final class Group {
        long count;
        final List<CellSample> samples = new ArrayList<>();
        final MomentPairs moments;

        Group(MomentRoom room) {
            moments = new MomentPairs(room);
        }
    }

    CellBook(
            List<ComparedColumn> columns,
            TypeCatalog control,
            TypeCatalog candidate,
            StateLimits limits,
            MomentRoom room) {
        this.columns = columns;
        this.controlTypes = columns.stream()
                .map(column -> control.type(column.control().shownType()))
                .toList();
        this.candidateTypes = columns.stream()
                .map(column -> candidate.type(column.candidate().shownType()))
                .toList();
        this.limits = limits;
        this.room = room;
    }

    /** Two rows of one key whose hashes differ. */
    void add(FullRow before, FullRow after) {
        boolean found = false;
        for (int i = 0; i < columns.size(); i++) {
            found |=
                    cell(i, before.key(), before.values().get(i), after.values().get(i));
        }
        if (!found && columns.stream().allMatch(ComparedColumn::sameType)) {
            Kind kind = bounded(
                    new Kind(WHOLE_ROW, WHOLE_ROW, DifferenceClass.VALUE_BYTES, "stored differently, printed alike"));
            count(kind, before.key(), before.values().toString(), after.values().toString());
        }
    }

    /** Two rows that belong together though their keys differ; some columns are not to be looked at. */
    void addPaired(FullRow before, FullRow after, Set<ComparedColumn> except) {
        for (int i = 0; i < columns.size(); i++) {
            if (!except.contains(columns.get(i))) {
                cell(i, before.key(), before.values().get(i), after.values().get(i));
            }
        }
    }

    private boolean cell(int index, String key, @Nullable String before, @Nullable String after) {
        ComparedColumn column = columns.get(index);
        ColumnType left = controlTypes.get(index);
        ColumnType right = candidateTypes.get(index);
        if (before == null ? after == null : before.equals(after)) {
            return false;
        }
        Value a = value(left, before);
        Value b = value(right, after);
        List<Change> changes = new ArrayList<>();
        for (ValueChange change : ValueComparison.changes(a, b)) {
            if (!column.ignored().contains(change.type())) {
                changes.add(Change.of(change));
            }
        }
        if (changes.isEmpty() && column.sameType()) {
            changes.add(new Change(DifferenceClass.VALUE_TEXT, "written differently"));
        }
        for (Change change : changes) {
            Kind kind = bounded(new Kind(
                    column.control().column(), column.candidate().column(), change.type(), change.transition()));
            Group group = count(kind, key, before == null ? "NULL" : before, after == null ? "NULL" : after);
            group.moments.add(a, b);
        }
        return !changes.isEmpty();
    }

    private Group count(Kind kind, String key, String before, String after) {
        Group group = groups.computeIfAbsent(kind, any -> new Group(room));
        group.count++;
        if (group.samples.size() < limits.samples()) {
            group.samples.add(
                    new CellSample(Excerpts.head(key), Excerpts.around(before, after), Excerpts.around(after, before)));
        }
        return group;
    }

    private Kind bounded(Kind kind) {
        return groups.containsKey(kind) || groups.size() < limits.groups()
                ? kind
                : new Kind(kind.column(), kind.candidateColumn(), kind.type(), OTHER);
    }

    private static Value value(ColumnType type, @Nullable String text) {
        return ValueReader.decode(
                type, Field.TEXT, text == null ? null : Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The groups, the largest first. */
    List<CellDifference> cells() {
        List<CellDifference> cells = new ArrayList<>();
        groups.forEach((kind, group) -> cells.add(new CellDifference(
                kind.column(),
                kind.candidateColumn(),
                kind.type().name(),
                kind.transition(),
                group.count,
                group.samples,
                group.moments.list())));
        cells.sort(Comparator.comparingLong(CellDifference::count)
                .reversed()
                .thenComparing(CellDifference::column)
                .thenComparing(CellDifference::type)
                .thenComparing(CellDifference::transition));
        return cells;
    }
}
