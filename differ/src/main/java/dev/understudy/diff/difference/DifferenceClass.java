package dev.understudy.diff.difference;

import static dev.understudy.diff.difference.Severity.BLOCKER;
import static dev.understudy.diff.difference.Severity.MAJOR;
import static dev.understudy.diff.difference.Severity.MINOR;

/** What a disagreement is called. Names are part of the report's schema. */
public enum DifferenceClass {
    // Objects: what a migration changed in the catalog. How bad it is depends on what it holds and who uses it: what it
    // is at least stands here, parity.SchemaSeverity decides.

    /** A schema, relation, type or function is only in the baseline. */
    SCHEMA_OBJECT_MISSING(MAJOR),
    /** A schema, relation, type or function is only in the candidate. */
    SCHEMA_OBJECT_EXTRA(MAJOR),
    /** A table's column is on one side only, or the columns stand in another order. */
    SCHEMA_COLUMN(MAJOR),
    /** A column's type or collation, or what a type is. */
    SCHEMA_TYPE(MAJOR),
    /** A column's default, identity or generation. */
    SCHEMA_DEFAULT(MAJOR),
    /** NOT NULL of a column. */
    SCHEMA_NULLABILITY(MAJOR),
    /** A constraint. */
    SCHEMA_CONSTRAINT(MAJOR),
    /** A constraint that was not validated. */
    SCHEMA_CONSTRAINT_NOT_VALID(MAJOR),
    /** An index. */
    SCHEMA_INDEX(MAJOR),
    /** An index that is not valid. */
    SCHEMA_INDEX_INVALID(MAJOR),
    /** An owner, or who may do what. */
    SCHEMA_GRANT(MAJOR),
    /** Row security or one of its policies. */
    SCHEMA_ROW_SECURITY(MAJOR),
    /** A trigger or rule. */
    SCHEMA_TRIGGER(MAJOR),
    /** A sequence would hand out values again. */
    SCHEMA_SEQUENCE_BEHIND(MAJOR),
    /** A sequence's type, bounds or step. */
    SCHEMA_SEQUENCE_TYPE(MAJOR),
    /** What a relation is or how it is stored, a view's query, a function. */
    SCHEMA_DEFINITION(MAJOR),

    /** A table's rows are fewer on the candidate. */
    STATE_ROW_MISSING(BLOCKER),
    /** A table's rows are more on the candidate. */
    STATE_ROW_EXTRA(BLOCKER),
    /** Cells of a table's column differ. */
    STATE_CELL(BLOCKER),
    /** Rows of a table share a key that is one row's in the baseline. */
    STATE_DUPLICATE_KEY(BLOCKER),

    /** A result has a column more. */
    SHAPE_COLUMN_ADDED(MAJOR),
    /** A result lacks a column. */
    SHAPE_COLUMN_DROPPED(BLOCKER),
    /** A result's column has another name. */
    SHAPE_COLUMN_RENAMED(BLOCKER),
    /** A result's columns come in another order. */
    SHAPE_COLUMN_REORDERED(MAJOR),
    /** A column's type holds every value of the old one. */
    SHAPE_TYPE_WIDENED(MAJOR),
    /** A column's type holds fewer values than the old one. */
    SHAPE_TYPE_NARROWED(MAJOR),
    /** A column's type is another one. */
    SHAPE_TYPE_CHANGED(MAJOR),

    /** A row is only in the baseline. */
    ROW_MISSING(BLOCKER),
    /** A row is only in the candidate. */
    ROW_EXTRA(BLOCKER),
    /** A row that the baseline has too is there more often. */
    ROW_DUPLICATED(BLOCKER),
    /** The rows are the same, their order breaks the ORDER BY. */
    ROW_ORDER_CHANGED(MAJOR),
    /** The numbers of rows differ, and the rows themselves are not known. */
    ROW_COUNT_ONLY(BLOCKER),

    /** NULL became a value. */
    VALUE_NULL_TO_VALUE(BLOCKER),
    /** A value became NULL. */
    VALUE_VALUE_TO_NULL(BLOCKER),
    /** NULL became an empty string, or the other way round. */
    VALUE_EMPTY_NULL_SWAP(BLOCKER),
    /** The text's end is cut off. */
    VALUE_TRUNCATED(BLOCKER),
    /** The texts differ in upper and lower case only. */
    VALUE_CASE_ONLY(BLOCKER),
    /** The texts differ in spaces at the end only. */
    VALUE_TRAILING_SPACE(MAJOR),
    /** The texts are the same in Unicode's normal form. */
    VALUE_UNICODE_FORM(MAJOR),
    /** A date or time moved. */
    VALUE_TIMESTAMP_SHIFT(BLOCKER),
    /** A time has fewer or more fractional digits. */
    VALUE_TIMESTAMP_PRECISION(BLOCKER),
    /** One number is the other, rounded. */
    VALUE_NUMERIC_ROUNDED(BLOCKER),
    /** The same number with another count of fractional digits. */
    VALUE_NUMERIC_SCALE(MINOR),
    /** Another number. */
    VALUE_NUMERIC(BLOCKER),
    /** Another floating-point number. */
    VALUE_FLOAT(BLOCKER),
    /** The same JSON, written differently. */
    VALUE_JSON_FORMAT_ONLY(MINOR),
    /** A member or an element of a JSON value differs. */
    VALUE_JSON_PATH(BLOCKER),
    /** An array has the same elements in another order. */
    VALUE_ARRAY_ORDER(MAJOR),
    /** Another label of an enumeration. */
    VALUE_ENUM_LABEL(BLOCKER),
    /** Other bytes. */
    VALUE_BYTES(BLOCKER),
    /** Another text. */
    VALUE_TEXT(BLOCKER),

    /** An error that the baseline does not have. */
    ERROR_NEW(BLOCKER),
    /** The baseline's error is gone. */
    ERROR_GONE(BLOCKER),
    /** Another error. */
    ERROR_SQLSTATE_CHANGED(BLOCKER),
    /** The same error in other words. */
    ERROR_MESSAGE_ONLY(MINOR),
    /** A wait ended by a limit, which it did not in the baseline. */
    ERROR_TIMEOUT(BLOCKER),
    /** A statement prepared before a DDL no longer runs. */
    ERROR_STALE_PLAN(BLOCKER),

    /** A statement changed another number of rows. */
    DML_AFFECTED_ROWS(BLOCKER),
    /** A statement changed as many rows and returned other ones. */
    DML_RETURNING(BLOCKER),

    /** An answer is too large to be kept and cannot be compared by its digest. */
    RUN_RESULT_TOO_LARGE(MAJOR),
    /** An answer could not be read or judged. */
    RUN_COVERAGE(MAJOR);

    private final Severity severity;

    DifferenceClass(Severity severity) {
        this.severity = severity;
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }

    /** Whether it is about one value of one column. */
    public boolean isValue() {
        return name().startsWith("VALUE_");
    }

    /** Whether it is about an object of the schema. */
    public boolean isSchema() {
        return name().startsWith("SCHEMA_");
    }

    /** Whether it is about a whole table's contents. */
    public boolean isState() {
        return name().startsWith("STATE_");
    }

    /** Whether it is about one row. */
    public boolean isRow() {
        return name().startsWith("ROW_");
    }

    /** Whether it says that something could not be compared. */
    public boolean isUncovered() {
        return name().startsWith("RUN_");
    }
}
