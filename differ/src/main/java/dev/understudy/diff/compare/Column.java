package dev.understudy.diff.compare;

import dev.understudy.diff.value.ColumnType;
import dev.understudy.pgwire.message.Field;

/**
 * A result's column with what its server's catalog knows.
 *
 * @param field as described
 * @param type its type
 * @param typeKnown whether the type can be told from another server's
 * @param origin {@code schema.table.column}, empty for an expression
 * @param place the relation and the column's number in it, which a rename keeps; empty for an expression
 */
record Column(Field field, ColumnType type, boolean typeKnown, String origin, String place) {
    static Column of(Field field, ServerCatalog catalog) {
        return new Column(
                field,
                catalog.types().type(field.typeOid()),
                catalog.types().isKnown(field.typeOid()),
                catalog.origin(field),
                catalog.place(field));
    }

    /** Whether both sides prove that it comes from one column, whatever it is called. */
    boolean isFrom(Column other) {
        return !origin.isEmpty() && (origin.equals(other.origin) || place.equals(other.place));
    }

    String name() {
        return field.name();
    }

    int format() {
        return field.format();
    }

    /** Whether equal bytes of both columns mean equal values, and other bytes other values. */
    boolean isReadAs(Column other) {
        boolean sameType = typeKnown && other.typeKnown ? type.isSameAs(other.type) : type.oid() == other.type.oid();
        return sameType && format() == other.format();
    }
}
