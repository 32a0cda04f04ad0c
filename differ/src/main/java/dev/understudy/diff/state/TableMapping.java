package dev.understudy.diff.state;

import java.util.List;

/**
 * What is known of how one table of the control became one of the candidate, beyond what their names say.
 *
 * @param baseline the control's table, schema.name
 * @param candidate the candidate's table, schema.name
 * @param columns columns that are not paired by name
 * @param leftOut the control's columns that are not to be compared, or the candidate's where the control has none
 */
public record TableMapping(String baseline, String candidate, List<ColumnMapping> columns, List<LeftOut> leftOut) {
    /** Copies the lists. */
    public TableMapping {
        columns = List.copyOf(columns);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Two columns, or what is computed from them, that must hold the same.
     *
     * @param baseline the control's column
     * @param candidate the candidate's column; the same name may stand in several mappings
     * @param baselineSql what of the control's row to compare, an SQL expression over its columns in which functions
     *     outside pg_catalog are qualified; empty for the column itself
     * @param candidateSql the same for the candidate's
     */
    public record ColumnMapping(String baseline, String candidate, String baselineSql, String candidateSql) {
        /** A column under a new name. */
        public static ColumnMapping renamed(String baseline, String candidate) {
            return new ColumnMapping(baseline, candidate, "", "");
        }
    }

    /** A column that is not to be compared, and why. */
    public record LeftOut(String column, String reason) {}
}
