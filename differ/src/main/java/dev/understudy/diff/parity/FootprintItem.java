package dev.understudy.diff.parity;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.exercise.Exercise;
import java.util.List;

/**
 * Something that the migration changed: an object of the schema, a table's rows, or a column's cells.
 *
 * @param object its name
 * @param type a SCHEMA_ or STATE_ class
 * @param severity how bad it is, the worst of its findings
 * @param change what was and what is, in a few words
 * @param declared whether an expectation names it
 * @param stateChecked whether the whole tables behind it were compared
 * @param exercised by how many statements of the trace
 * @param lacking why that is not enough, empty if it is
 * @param tables the tables behind it, schema.name; none for what no table stands behind
 * @param findings what it is among the differences
 */
public record FootprintItem(
        String object,
        DifferenceClass type,
        Severity severity,
        String change,
        boolean declared,
        boolean stateChecked,
        Exercise.Counts exercised,
        String lacking,
        List<String> tables,
        List<Finding> findings) {
    /** Copies the lists. */
    public FootprintItem {
        tables = List.copyOf(tables);
        findings = List.copyOf(findings);
    }

    /** Whether compared statements did to it what an application can. */
    public boolean isExercised() {
        return lacking.isEmpty();
    }
}
