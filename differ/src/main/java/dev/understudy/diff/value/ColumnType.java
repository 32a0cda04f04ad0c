package dev.understudy.diff.value;

/**
 * A type as far as its values' meaning depends on it.
 *
 * @param oid its OID on the server that answered
 * @param name for people and for mapping between servers: plain for built-in types, schema.name for others
 * @param readAs the built-in type as which its values are read: itself, or what a domain is over; 0 where there is none
 * @param enumeration whether its values are an enumeration's labels
 */
public record ColumnType(int oid, String name, int readAs, boolean enumeration) {
    /** Whether another server's type is the same one. */
    public boolean isSameAs(ColumnType other) {
        return name.equals(other.name);
    }
}
