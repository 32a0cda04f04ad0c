package dev.understudy.diff.value;

import dev.understudy.pgwire.value.ValueType;

/**
 * A type as far as its values' meaning depends on it.
 *
 * @param oid its OID on the server that answered
 * @param name for people and for mapping between servers: plain for built-in types, schema.name for others
 * @param reading how its values are read; a domain's are read like those of what it is over
 */
public record ColumnType(int oid, String name, ValueType reading) {
    /** A built-in type. */
    public static ColumnType builtIn(int oid, String name) {
        return new ColumnType(oid, name, ValueType.builtIn(oid));
    }

    /** Whether another server's type is the same one. */
    public boolean isSameAs(ColumnType other) {
        return name.equals(other.name);
    }

    /** Whether values of both that mean the same are read as equal ones, whatever their formats. */
    public boolean readsLike(ColumnType other) {
        return reading.readsLike(other.reading);
    }
}
