package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * In which class exchanges ended, and what of the database they touched. Bounded; mutable; belongs to one thread.
 */
public final class Coverage {
    /** The term with which a replayer leaves out what the migration does not concern. */
    private static final String OTHER_DATABASE = "other-database";

    private final TableTally tables = new TableTally();
    private final ColumnTally columns;
    private final StatementTally statements;
    private final Map<Disposition, Long> dispositions = new EnumMap<>(Disposition.class);
    private long carryingData;
    private long carryingCompared;
    private long rowsAnswered;

    Coverage(Bounds bounds) {
        columns = new ColumnTally(bounds.columns());
        statements = new StatementTally(bounds.statementCharacters());
    }

    /** An exchange ended in that class; what the differ could not read is not comparable, whatever the replayer said. */
    void add(Outcome outcome, List<ComparedStep> steps, Touches touches, Disposition disposition) {
        dispositions.merge(disposition, 1L, Long::sum);
        boolean compared = disposition == Disposition.COMPARED;
        if (Refusal.is(outcome)) {
            return;
        }
        boolean concerned =
                !(disposition == Disposition.FILTERED && outcome.reason().equals(OTHER_DATABASE));
        boolean carries = carriesData(outcome, steps);
        if (concerned && carries) {
            carryingData++;
            carryingCompared += compared ? 1 : 0;
        }
        for (ComparedStep step : steps) {
            rowsAnswered += step.rows();
            if (concerned) {
                statements.add(step, disposition);
            }
        }
        Touches.Touched touched = touches.of(steps);
        columns.add(touched.read(), false, compared);
        columns.add(touched.written(), true, compared);
        if (concerned) {
            tables.add(touched.tables(), compared);
        }
    }

    private static boolean carriesData(Outcome outcome, List<ComparedStep> steps) {
        if (!outcome.request().isReadable()) {
            return true;
        }
        for (ComparedStep step : steps) {
            // A statement whose text is not known may be anything.
            if (step.facts().carriesData() || step.facts().equals(StatementFacts.NONE)) {
                return true;
            }
        }
        return false;
    }

    void add(Coverage other) {
        other.dispositions.forEach((disposition, count) -> dispositions.merge(disposition, count, Long::sum));
        carryingData += other.carryingData;
        carryingCompared += other.carryingCompared;
        rowsAnswered += other.rowsAnswered;
        tables.add(other.tables);
        columns.add(other.columns);
        statements.add(other.statements);
    }

    void restore(TallyEntry.Sums kept) {
        dispositions.putAll(kept.dispositions());
        carryingData = kept.carryingData();
        carryingCompared = kept.carryingCompared();
        rowsAnswered = kept.rowsAnswered();
        columns.cutAt(kept.bounds().column());
        statements.cutAt(kept.bounds().statement());
    }

    /** Whether production's answers showed that column, by the captured server's OID and number. */
    public boolean isRead(int relationOid, int attributeNumber) {
        return columns.counts(relationOid, attributeNumber).read() > 0;
    }

    /** How many exchanges ended in a class. */
    public long count(Disposition disposition) {
        return dispositions.getOrDefault(disposition, 0L);
    }

    Map<Disposition, Long> dispositions() {
        return dispositions;
    }

    /** How many exchanges there were. */
    public long exchanges() {
        return dispositions.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many of them carry data. */
    public long carryingData() {
        return carryingData;
    }

    /** How many of those were compared. */
    public long carryingCompared() {
        return carryingCompared;
    }

    /** Rows in production's answers. */
    public long rowsAnswered() {
        return rowsAnswered;
    }

    /** By table. */
    public TableTally tables() {
        return tables;
    }

    /** By column. */
    public ColumnTally columns() {
        return columns;
    }

    /** By statement. */
    public StatementTally statements() {
        return statements;
    }
}
