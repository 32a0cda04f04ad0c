package dev.understudy.diff.value;

/** How a type's values are read. */
public enum Family {
    /** int2, int4, int8, oid and the like. */
    INTEGER,
    /** numeric. */
    NUMERIC,
    /** float4. */
    FLOAT4,
    /** float8. */
    FLOAT8,
    /** bool. */
    BOOLEAN,
    /** text, varchar, char(n), name, xml: characters that mean themselves. */
    TEXT,
    /** bytea. */
    BYTES,
    /** date. */
    DATE,
    /** time without time zone. */
    TIME,
    /** time with time zone. */
    TIMETZ,
    /** timestamp without time zone. */
    TIMESTAMP,
    /** timestamp with time zone. */
    TIMESTAMPTZ,
    /** interval. */
    INTERVAL,
    /** json and jsonb. */
    JSON,
    /** uuid. */
    UUID,
    /** Enumerations, by label. */
    ENUM,
    /** Arrays of whatever the element is. */
    ARRAY,
    /** Everything else: text as written, binary byte for byte. */
    OTHER
}
