package dev.understudy.diff.value;

import org.jspecify.annotations.Nullable;

/**
 * A type as far as its values' meaning depends on it. Domains are replaced by what they are over.
 *
 * @param oid its OID on the server that answered
 * @param name for people and for mapping between servers: plain for built-in types, schema.name for others
 * @param family how its values are read
 * @param element an array's element
 */
public record PgType(
        int oid, String name, Family family, @Nullable PgType element) {
    /** Built-in types have the same OID on every server; user-defined ones begin here (FirstNormalObjectId). */
    public static final int FIRST_USER_DEFINED = 16384;

    /** Whether another server's type is the same one. */
    public boolean isSameAs(PgType other) {
        return name.equals(other.name);
    }
}
