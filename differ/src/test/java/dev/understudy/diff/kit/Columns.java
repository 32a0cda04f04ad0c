package dev.understudy.diff.kit;

import dev.understudy.pgwire.message.Field;

/** Result columns. */
public final class Columns {
    private Columns() {}

    /** An expression's column in text format. */
    public static Field column(String name, int typeOid) {
        return new Field(name, 0, 0, typeOid, -1, -1, Field.TEXT);
    }

    /** A table's column in text format. */
    public static Field column(String name, int typeOid, int relation, int number) {
        return new Field(name, relation, number, typeOid, -1, -1, Field.TEXT);
    }

    /** The same with a type modifier. */
    public static Field modified(Field field, int modifier) {
        return new Field(
                field.name(),
                field.relationOid(),
                field.attributeNumber(),
                field.typeOid(),
                field.typeSize(),
                modifier,
                field.format());
    }
}
