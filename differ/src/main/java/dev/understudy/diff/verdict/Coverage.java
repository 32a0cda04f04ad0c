package dev.understudy.diff.verdict;

import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.Outcome;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which class exchanges ended, and what of the database they touched. Bounded; mutable; belongs to one thread.
 */
final class Coverage {
    /** Columns told apart. */
    private static final int MAX_COLUMNS = 200_000;
    /** The term with which a replayer leaves out what the migration does not concern. */
    private static final String OTHER_DATABASE = "other-database";

    private final Tables tables;
    private final TableTally touched = new TableTally();
    private final StatementTally statements = new StatementTally();
    private final Map<Disposition, Long> dispositions = new EnumMap<>(Disposition.class);
    private final Set<Long> columnsRead = new HashSet<>();
    private long carryingData;
    private long carryingCompared;
    private long rowsAnswered;

    Coverage(Tables tables) {
        this.tables = tables;
    }

    /** An exchange ended in that class; what the differ could not read is not comparable, whatever the replayer said. */
    void add(Outcome outcome, List<ComparedStep> steps, Disposition disposition) {
        dispositions.merge(disposition, 1L, Long::sum);
        boolean compared = disposition == Disposition.COMPARED;
        boolean concerned =
                !(disposition == Disposition.FILTERED && outcome.reason().equals(OTHER_DATABASE));
        boolean carries = carriesData(outcome, steps);
        if (concerned && carries) {
            carryingData++;
            carryingCompared += compared ? 1 : 0;
        }
        Set<String> tablesOfExchange = new HashSet<>();
        for (ComparedStep step : steps) {
            rowsAnswered += step.rows();
            tablesOfExchange.addAll(tables.touched(step.facts()));
            if (step.shape() != null) {
                columns(step.shape().fields());
            }
            if (concerned) {
                statements.add(step, disposition);
            }
        }
        if (concerned) {
            touched.add(tablesOfExchange, compared);
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

    private void columns(List<Field> fields) {
        for (Field field : fields) {
            if (field.relationOid() != 0 && columnsRead.size() < MAX_COLUMNS) {
                columnsRead.add((long) field.relationOid() << 32 | field.attributeNumber() & 0xffffL);
            }
        }
    }

    /** Whether production's answers showed that column, by the captured server's OID and number. */
    boolean isRead(int relationOid, int attributeNumber) {
        return columnsRead.contains((long) relationOid << 32 | attributeNumber & 0xffffL);
    }

    long count(Disposition disposition) {
        return dispositions.getOrDefault(disposition, 0L);
    }

    long exchanges() {
        return dispositions.values().stream().mapToLong(Long::longValue).sum();
    }

    long carryingData() {
        return carryingData;
    }

    long carryingCompared() {
        return carryingCompared;
    }

    /** Rows in production's answers. */
    long rowsAnswered() {
        return rowsAnswered;
    }

    TableTally tables() {
        return touched;
    }

    StatementTally statements() {
        return statements;
    }
}
