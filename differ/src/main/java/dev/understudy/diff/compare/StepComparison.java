package dev.understudy.diff.compare;

import dev.understudy.diff.compare.DigestComparison.Finding;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.value.Buckets;
import dev.understudy.pgwire.exchange.Step;
import dev.understudy.pgwire.message.CommandTag;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement's answers of both sides, neither of which is an error. */
final class StepComparison {
    private final int index;
    private final StatementFacts facts;
    private final Answer left;
    private final Answer right;
    private final Step before;
    private final Step after;
    private final DifferenceSink sink;

    StepComparison(int index, StatementFacts facts, Answer left, Answer right, DifferenceSink sink) {
        this.index = index;
        this.facts = facts;
        this.left = left;
        this.right = right;
        this.before = left.interpretation().steps().get(index);
        this.after = right.interpretation().steps().get(index);
        this.sink = sink;
    }

    void compare() {
        boolean tagDiffers = tags();
        try {
            if (!before.copyOut().isEmpty() || !after.copyOut().isEmpty()) {
                copyOut();
            } else if (hasRows(before) || hasRows(after)) {
                rows(tagDiffers);
            }
        } catch (ProtocolException | IndexOutOfBoundsException e) {
            uncovered(DifferenceClass.RUN_COVERAGE, "unreadable row");
        }
    }

    private static boolean hasRows(Step step) {
        return step.rows() != null || !step.dataRows().isEmpty();
    }

    /** The counts of tags; those that only count the rows of a result are left to the rows. */
    private boolean tags() {
        if (before.tag() == null || after.tag() == null || before.tag().equals(after.tag())) {
            return false;
        }
        CommandTag a = CommandTag.parse(before.tag());
        CommandTag b = CommandTag.parse(after.tag());
        boolean counted = a.command().equals(b.command());
        boolean ofResult = a.command().equals("SELECT")
                || a.command().equals("FETCH")
                || a.command().equals("COPY");
        boolean hasResult = hasRows(before)
                || hasRows(after)
                || !before.copyOut().isEmpty()
                || !after.copyOut().isEmpty();
        if (counted && ofResult && hasResult) {
            return false;
        }
        String transition = counted && a.rows() >= 0 && b.rows() >= 0 && a.rows() != b.rows()
                ? Buckets.delta(b.rows() - a.rows())
                : a.command() + " → " + b.command();
        boolean open = facts.choice().drawn() || facts.choice().openInside();
        sink.add(Difference.of(
                        DifferenceClass.DML_AFFECTED_ROWS,
                        Place.ofStep(Aspect.TAG, index),
                        "rows",
                        transition,
                        before.tag(),
                        after.tag())
                .within(open ? Leeway.UNKNOWN : Leeway.NONE));
        return true;
    }

    private void copyOut() {
        Omission omission = left.omissions().get(index);
        CopyRows[] sides = CopyRows.of(before.copyOut(), after.copyOut());
        List<Column> columns = sides[0].describe();
        List<ColumnPair> pairs = ShapeComparison.compare(index, columns, columns, sink);
        if (omission != null || isIncomplete()) {
            partial(omission, true, after.copyOut());
            return;
        }
        int[] width = {columns.size(), columns.size()};
        new RowComparison(
                        index,
                        facts,
                        selection(sides[0].size(), sides[1].size()),
                        pairs,
                        List.of(),
                        null,
                        width,
                        sides[0],
                        sides[1],
                        sink)
                .compare();
    }

    private void rows(boolean tagDiffers) {
        // A side whose description is not known, since recording began after it, is read by the other's.
        if (before.rows() == null && after.rows() == null) {
            undescribed();
            return;
        }
        List<Column> leftColumns =
                before.rows() == null ? columns(after.rows(), right.catalog()) : columns(before.rows(), left.catalog());
        List<Column> rightColumns = after.rows() == null ? leftColumns : columns(after.rows(), right.catalog());
        List<ColumnPair> pairs = ShapeComparison.compare(index, leftColumns, rightColumns, sink);
        int leftWidth = leftColumns.size();
        int rightWidth = rightColumns.size();
        Omission omission = left.omissions().get(index);
        if (omission != null || isIncomplete()) {
            boolean alike = leftWidth == pairs.size()
                    && rightWidth == pairs.size()
                    && pairs.stream().allMatch(pair -> pair.left().isReadAs(pair.right()));
            partial(omission, alike, after.dataRows());
            return;
        }
        if (tagDiffers && facts.isDml()) {
            // Another number of rows changed: that the rows returned differ too says nothing new.
            return;
        }
        List<ColumnPair> key = RowKeys.of(pairs, left.catalog(), right.catalog());
        new RowComparison(
                        index,
                        facts,
                        selection(before.dataRows().size(), after.dataRows().size()),
                        pairs,
                        key,
                        RowKeys.content(pairs, key, left.catalog(), right.catalog()),
                        new int[] {leftWidth, rightWidth},
                        new DataRows(before.dataRows()),
                        new DataRows(after.dataRows()),
                        sink)
                .compare();
        if (before.suspended() != after.suspended()
                && before.dataRows().size() == after.dataRows().size()) {
            sink.add(Difference.of(
                    DifferenceClass.ROW_COUNT_ONLY,
                    Place.ofStep(Aspect.CONTENT, index),
                    "rows",
                    before.suspended() ? "no more to come" : "more to come",
                    before.suspended() ? "more to come" : "end",
                    after.suspended() ? "more to come" : "end"));
        }
    }

    private Selection selection(int leftRows, int rightRows) {
        return Selection.of(facts, before, leftRows, rightRows, left.catalog(), right.catalog());
    }

    private static List<Column> columns(@Nullable RowDescription rows, ServerCatalog catalog) {
        return rows == null
                ? List.of()
                : rows.fields().stream().map(field -> Column.of(field, catalog)).toList();
    }

    /** Neither side's columns are known: only equal bytes can be told. */
    private void undescribed() {
        if (!before.dataRows().equals(after.dataRows())) {
            uncovered(DifferenceClass.RUN_COVERAGE, "rows without description");
        }
    }

    /** Whether one side's result lacks its end. */
    private boolean isIncomplete() {
        return left.cut() && isUnfinished(before)
                || right.cut() && isUnfinished(after)
                || right.omissions().containsKey(index);
    }

    private static boolean isUnfinished(Step step) {
        return step.tag() == null && step.error() == null && !step.suspended();
    }

    private void partial(@Nullable Omission omission, boolean alike, List<ByteBuf> rightBodies) {
        if (omission == null || isUnfinished(after) || right.omissions().containsKey(index)) {
            uncovered(DifferenceClass.RUN_RESULT_TOO_LARGE, "result too large");
            return;
        }
        if (omission.totalFrames() != rightBodies.size()) {
            contents(
                    DifferenceClass.ROW_COUNT_ONLY,
                    Buckets.delta(rightBodies.size() - omission.totalFrames()),
                    omission.totalFrames() + " rows",
                    rightBodies.size() + " rows");
            return;
        }
        Finding finding = alike ? DigestComparison.compare(omission, rightBodies) : null;
        if (finding == Finding.DIFFERENT) {
            contents(
                    DifferenceClass.VALUE_BYTES,
                    "digest differs",
                    "digest of " + omission.totalFrames() + " rows",
                    "another digest");
        } else if (finding == null || finding == Finding.REORDERED && facts.isOrdered()) {
            uncovered(DifferenceClass.RUN_RESULT_TOO_LARGE, "result too large");
        }
    }

    private void contents(DifferenceClass type, String transition, String was, String is) {
        Selection selection = selection(0, 0);
        boolean open = selection != Selection.ALL || facts.choice().limited();
        sink.add(Difference.of(type, Place.ofStep(Aspect.CONTENT, index), "rows", transition, was, is)
                .within(open ? Leeway.UNKNOWN : Leeway.NONE));
    }

    private void uncovered(DifferenceClass type, String reason) {
        sink.uncovered(type, index, reason);
    }
}
