package dev.understudy.diff.parity;

import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogDifference;
import java.util.List;

/**
 * How bad a change of the schema is, and what must touch it before it counts as tested. Blocker: it loses facts, shows
 * other ones, or will raise errors, whatever the answers of this trace were. All else of the schema is major: what it
 * does to answers and contents is compared by itself.
 *
 * <table>
 * <caption>Classes</caption>
 * <tr><th>class</th><th>blocker</th><th>tested by</th></tr>
 * <tr><td>OBJECT_MISSING</td><td>a table that held rows, or anything that the trace touches</td><td>nothing can</td></tr>
 * <tr><td>OBJECT_EXTRA</td><td>never</td><td>nothing: the application of today does not know it</td></tr>
 * <tr><td>COLUMN</td><td>dropped, and its table held rows or the trace touches it</td><td>its table, for one dropped,
 * added or moved: the application of today cannot name a new one</td></tr>
 * <tr><td>TYPE</td><td>never: values are compared</td><td>reading the column; of a type, any column of it</td></tr>
 * <tr><td>DEFAULT</td><td>lost or another, and the trace writes the table; but not one sequence or identity for
 * another</td><td>an INSERT into its table, or reading the column</td></tr>
 * <tr><td>NULLABILITY</td><td>never</td><td>reading or writing the column</td></tr>
 * <tr><td>CONSTRAINT</td><td>lost, under any name, and the trace touches the table: it lets in what was refused</td><td>its
 * table</td></tr>
 * <tr><td>CONSTRAINT_NOT_VALID</td><td>never</td><td>its table</td></tr>
 * <tr><td>INDEX, INDEX_INVALID</td><td>never</td><td>its table</td></tr>
 * <tr><td>GRANT</td><td>somebody lost a right on what the trace touches</td><td>its table</td></tr>
 * <tr><td>ROW_SECURITY</td><td>the trace touches the table</td><td>its table</td></tr>
 * <tr><td>TRIGGER</td><td>never</td><td>its table</td></tr>
 * <tr><td>SEQUENCE_BEHIND</td><td>unless every table that it serves is empty</td><td>its table</td></tr>
 * <tr><td>SEQUENCE_TYPE</td><td>never</td><td>its table</td></tr>
 * <tr><td>DEFINITION</td><td>never</td><td>the relation; a function by a call, of a trigger too</td></tr>
 * </table>
 *
 * <p>Where the trace writes what must be touched, at least one such statement must have been compared.
 */
final class SchemaRules {
    private final Catalog candidate;
    private final FootprintTables tables;
    private final Exercise exercise;

    SchemaRules(Catalog candidate, FootprintTables tables, Exercise exercise) {
        this.candidate = candidate;
        this.tables = tables;
        this.exercise = exercise;
    }

    /** What must touch a change. */
    enum Tested {
        BY_NOTHING,
        BY_TABLE,
        BY_READING_COLUMN,
        BY_TOUCHING_COLUMN,
        BY_CALL
    }

    /** How bad it is. */
    Severity severity(CatalogDifference difference, List<String> behind) {
        boolean blocker = switch (difference.kind()) {
            case OBJECT_MISSING ->
                tables.heldRows(difference.object())
                        || exercise.relation(difference.object()).readInTrace() > 0
                        || exercise.relation(difference.object()).writtenInTrace() > 0
                        || exercise.function(difference.object()).readInTrace() > 0;
            case COLUMN ->
                isDropped(difference) && (behind.stream().anyMatch(tables::heldRows) || isTouched(difference));
            case GRANT ->
                Rights.isLost(difference.object(), difference.baseline(), difference.candidate()) && isInTrace(behind);
            case ROW_SECURITY -> isInTrace(behind);
            case SEQUENCE_BEHIND -> behind.isEmpty() || behind.stream().anyMatch(tables::heldRows);
            case DEFAULT -> isOtherDefault(difference) && isWrittenInTrace(behind);
            case CONSTRAINT -> isDropped(difference) && !isEnforced(difference) && isInTrace(behind);
            case OBJECT_EXTRA,
                    TYPE,
                    NULLABILITY,
                    CONSTRAINT_NOT_VALID,
                    INDEX,
                    INDEX_INVALID,
                    TRIGGER,
                    SEQUENCE_TYPE,
                    DEFINITION -> false;
            case SEQUENCE_AHEAD, SERVER_VERSION, SETTING, EXTENSION, COLLATION, ROLE -> false;
        };
        return blocker ? Severity.BLOCKER : Severity.MAJOR;
    }

    /** What must touch it. */
    Tested tested(CatalogDifference difference) {
        return switch (difference.kind()) {
            case OBJECT_MISSING, OBJECT_EXTRA -> Tested.BY_NOTHING;
            case COLUMN,
                    CONSTRAINT,
                    CONSTRAINT_NOT_VALID,
                    INDEX,
                    INDEX_INVALID,
                    ROW_SECURITY,
                    TRIGGER,
                    SEQUENCE_BEHIND,
                    SEQUENCE_TYPE -> Tested.BY_TABLE;
            case TYPE -> Tested.BY_READING_COLUMN;
            case DEFAULT, NULLABILITY -> Tested.BY_TOUCHING_COLUMN;
            case GRANT, DEFINITION -> difference.object().endsWith(")") ? Tested.BY_CALL : Tested.BY_TABLE;
            case SEQUENCE_AHEAD, SERVER_VERSION, SETTING, EXTENSION, COLLATION, ROLE -> Tested.BY_NOTHING;
        };
    }

    private static boolean isDropped(CatalogDifference difference) {
        return difference.baseline() != null && difference.candidate() == null;
    }

    /** Whether the candidate's table has a constraint that says the same, whatever its name. */
    private boolean isEnforced(CatalogDifference dropped) {
        return candidate.constraints().stream()
                .anyMatch(each -> dropped.object().startsWith(each.schema() + "." + each.relation() + ".")
                        && each.definition().equals(dropped.baseline()));
    }

    /** Whether rows that name no value get another one; which number a key gets next is told by its sequence. */
    private static boolean isOtherDefault(CatalogDifference difference) {
        String was = difference.baseline();
        String is = difference.candidate();
        return was != null && !(isNumbering(was) && is != null && isNumbering(is));
    }

    private static boolean isNumbering(String expression) {
        return expression.contains("nextval(") || expression.endsWith("AS IDENTITY");
    }

    private boolean isWrittenInTrace(List<String> behind) {
        return behind.stream()
                .flatMap(table -> tables.lineage(table).stream())
                .map(exercise::relation)
                .anyMatch(counts -> counts.writtenInTrace() > 0);
    }

    private boolean isTouched(CatalogDifference difference) {
        Exercise.Counts counts = exercise.column(difference.object());
        return counts.readInTrace() + counts.writtenInTrace() > 0;
    }

    private boolean isInTrace(List<String> behind) {
        return behind.stream()
                .flatMap(table -> tables.lineage(table).stream())
                .map(exercise::relation)
                .anyMatch(counts -> counts.readInTrace() + counts.writtenInTrace() > 0);
    }
}
