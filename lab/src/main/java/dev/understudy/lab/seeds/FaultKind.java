package dev.understudy.lab.seeds;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a migration may do wrong. */
public enum FaultKind {
    /** Decimals are lost. */
    NUMERIC_ROUNDED("round(@, 1)", ValueType.NUMERIC),
    /** A number is another one. */
    NUMBER_OFF_BY_ONE("@ + 1", ValueType.INT, ValueType.BIGINT, ValueType.NUMERIC),
    /** A double went through a single. */
    FLOAT_CUT("CAST(CAST(@ AS real) AS double precision)", ValueType.FLOAT),
    /** A time was read in another zone. */
    TIME_SHIFTED("@ + interval '2 hours'", ValueType.TIMESTAMPTZ, ValueType.TIMESTAMP),
    /** Microseconds are lost. */
    TIME_CUT("date_trunc('second', @)", ValueType.TIMESTAMPTZ, ValueType.TIMESTAMP),
    /** A day later. */
    DAY_SHIFTED("@ + 1", ValueType.DATE),
    /** The end of a text is lost. */
    TEXT_TRUNCATED("left(@, 7)", ValueType.TEXT, ValueType.VARCHAR),
    /** A text was padded. */
    TRAILING_SPACE("@ || ' '", ValueType.TEXT, ValueType.VARCHAR),
    /** Another case. */
    CASE_CHANGED("upper(@)", ValueType.TEXT, ValueType.VARCHAR),
    /** A text is empty. */
    TEXT_EMPTIED("''", ValueType.TEXT, ValueType.VARCHAR),
    /** A status that nobody knows. */
    STATUS_OUT_OF_MAP("'x-' || @", ValueType.STATUS),
    /** One status became another. */
    STATUS_MERGED("CASE @ WHEN 'paid' THEN 'shipped' ELSE 'paid' END", ValueType.STATUS),
    /** The contrary. */
    BOOL_FLIPPED("NOT @", ValueType.BOOL),
    /** Another identifier. */
    UUID_REPLACED("CAST(md5(CAST(@ AS text)) AS uuid)", ValueType.UUID),
    /** A member of a document is lost. */
    JSON_KEY_LOST("@ - 'b'", ValueType.JSONB),
    /** A value inside a document is another one. */
    JSON_VALUE_CHANGED("jsonb_set(@, '{c,d,0}', '7')", ValueType.JSONB),
    /** An array is the wrong way round. */
    ARRAY_REVERSED(
            "coalesce((SELECT array_agg(x ORDER BY o DESC) FROM unnest(@) WITH ORDINALITY AS u (x, o)), @)",
            ValueType.INT_ARRAY,
            ValueType.TEXT_ARRAY),
    /** An array lacks its end. */
    ARRAY_CUT("(@)[1:1]", ValueType.INT_ARRAY, ValueType.TEXT_ARRAY),
    /** Labels of some rows are swapped. */
    ENUM_SWAPPED("CAST(CASE CAST(@ AS text) WHEN 'amber' THEN 'blue' ELSE 'amber' END AS #)", ValueType.ENUM),
    /** A byte is another one. */
    BYTES_CHANGED("set_byte(@, 2, get_byte(@, 2) # 1)", ValueType.BYTEA),
    /** NULL became a value. */
    NULL_TO_VALUE,
    /** A value became NULL. */
    VALUE_TO_NULL,

    /** An inner join lost rows. */
    ROW_LOST,
    /** A loose join made rows twice. */
    ROW_DUPLICATED,
    /** A row that nobody asked for. */
    ROW_ADDED,

    /** A type with fewer decimals rounded every value. */
    TYPE_ROUNDED,
    /** A type with a limit cut every value. */
    TYPE_CUT,
    /** A type without a zone took the times of another one. */
    ZONE_LOST,
    /** The labels of an enumeration are swapped: no row changed, every row reads otherwise. */
    LABELS_SWAPPED,
    /** A sequence hands out what it has handed out. */
    SEQUENCE_BEHIND("SCHEMA_SEQUENCE_BEHIND"),
    /** Another default. */
    DEFAULT_CHANGED("SCHEMA_DEFAULT"),
    /** A default is gone. */
    DEFAULT_DROPPED("SCHEMA_DEFAULT"),
    /** A check is gone. */
    CHECK_DROPPED("SCHEMA_CONSTRAINT"),
    /** A foreign key is gone. */
    FOREIGN_KEY_DROPPED("SCHEMA_CONSTRAINT"),
    /** Something unique need not be any more. */
    UNIQUE_DROPPED("SCHEMA_CONSTRAINT"),
    /** NULL is allowed. */
    NOT_NULL_DROPPED("SCHEMA_NULLABILITY"),
    /** The application may not read any more. */
    GRANT_LOST("SCHEMA_GRANT"),
    /** The application may not write any more. */
    WRITE_GRANT_LOST("SCHEMA_GRANT"),
    /** Row security without a policy. */
    ROW_SECURITY("SCHEMA_ROW_SECURITY"),
    /** A trigger of the migration was left, and changes what is written. */
    TRIGGER_LEFT("SCHEMA_TRIGGER"),
    /** A view lacks rows. */
    VIEW_FILTER("SCHEMA_DEFINITION"),
    /** A view is gone. */
    VIEW_DROPPED("SCHEMA_OBJECT_MISSING"),
    /** A column is gone. */
    COLUMN_DROPPED("SCHEMA_COLUMN"),
    /** A column has another name. */
    COLUMN_RENAMED("SCHEMA_COLUMN"),
    /** A type holds less. */
    TYPE_NARROWED("SCHEMA_TYPE"),
    /** An index is gone. */
    INDEX_DROPPED("SCHEMA_INDEX");

    private final String expression;
    private final Set<ValueType> types;
    private final String schemaClass;

    FaultKind() {
        this("");
    }

    FaultKind(String schemaClass) {
        this.expression = "";
        this.types = EnumSet.noneOf(ValueType.class);
        this.schemaClass = schemaClass;
    }

    FaultKind(String expression, ValueType... types) {
        this.expression = expression;
        this.types = EnumSet.copyOf(List.of(types));
        this.schemaClass = "";
    }

    /** Whether it changes values of a column in some rows. */
    boolean isOfValues() {
        return !expression.isEmpty() || this == NULL_TO_VALUE || this == VALUE_TO_NULL;
    }

    /** Whether it is about which rows there are. */
    boolean isOfRows() {
        return this == ROW_LOST || this == ROW_DUPLICATED || this == ROW_ADDED;
    }

    /** Whether it changes every value of a column by the column's type. */
    private boolean isOfConversion() {
        return this == TYPE_ROUNDED || this == TYPE_CUT || this == ZONE_LOST || this == LABELS_SWAPPED;
    }

    /** Where it can be. */
    List<Location> locations() {
        if (isOfValues()) {
            return List.of(Location.READ, Location.UNREAD_ROWS, Location.UNREAD_COLUMN, Location.OVERWRITTEN);
        }
        if (isOfRows()) {
            return List.of(Location.READ, Location.UNREAD_ROWS);
        }
        return isOfConversion() ? List.of(Location.READ, Location.UNREAD_COLUMN) : List.of(Location.SCHEMA);
    }

    /** Whether the schema is what it should be, and only data are wrong. */
    public boolean isOfData() {
        return isOfValues() || isOfRows();
    }

    /** The class of what the catalogs show of it; empty where only data do. */
    public String schemaClass() {
        return schemaClass;
    }

    /** What the report must make of it. */
    enum Demand {
        /** The migration must not pass. */
        NO_GO,
        /** It must not pass if the workload writes the table; else the change must be named. */
        NO_GO_WHERE_WRITTEN,
        /** It must not pass if, after the workload, the column differs; else it must be named: nothing became wrong. */
        NO_GO_WHERE_EFFECTIVE,
        /** It must be named: it takes nothing away and changes no fact by itself. */
        NAMED
    }

    Demand demand() {
        return switch (this) {
            case INDEX_DROPPED, TYPE_NARROWED, NOT_NULL_DROPPED -> Demand.NAMED;
            case DEFAULT_CHANGED, DEFAULT_DROPPED -> Demand.NO_GO_WHERE_WRITTEN;
            case TRIGGER_LEFT -> Demand.NO_GO_WHERE_EFFECTIVE;
            default -> Demand.NO_GO;
        };
    }

    /** Whether statements may fail or no longer fail because of it. */
    boolean changesErrors() {
        return this == TYPE_CUT
                || !schemaClass.isEmpty()
                        && this != VIEW_FILTER
                        && this != DEFAULT_CHANGED
                        && this != TRIGGER_LEFT
                        && this != INDEX_DROPPED;
    }

    boolean fits(Column column) {
        return switch (this) {
            case NULL_TO_VALUE, VALUE_TO_NULL -> column.nullable();
            default -> types.contains(column.type());
        };
    }

    /** What the column's value becomes. */
    String expression(Column column, Chance chance) {
        return switch (this) {
            case NULL_TO_VALUE ->
                "coalesce(" + column.name() + ", CAST(" + column.type().literal(chance) + " AS " + column.sqlType()
                        + "))";
            case VALUE_TO_NULL -> "CAST(NULL AS " + column.sqlType() + ")";
            default -> expression.replace("@", column.name()).replace("#", hash(column));
        };
    }

    /** In an enumeration's expression the type, in a byte's the operator. */
    private String hash(Column column) {
        return this == ENUM_SWAPPED ? column.sqlType() : "#";
    }
}
