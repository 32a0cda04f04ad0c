package dev.understudy.trace.run;

import java.util.List;

/**
 * Where the columns of an arm's views come from, one level down, as the arm's own analysis of the view's query says
 * (RowDescription's table and column of that query): a RowDescription names a view's columns as the view's own.
 *
 * @param run the run's name
 * @param arm whose views
 * @param columns those that are a column of a relation; what an expression computes has no origin
 */
public record ViewOrigins(String run, Arm arm, List<ViewColumn> columns) implements ControlEntry {
    /** Copies the list. */
    public ViewOrigins {
        columns = List.copyOf(columns);
    }

    /** A view's column, and the column of the relation (a table or another view) that it shows; OIDs of that arm. */
    public record ViewColumn(int viewOid, int attribute, int relationOid, int relationAttribute) {}
}
