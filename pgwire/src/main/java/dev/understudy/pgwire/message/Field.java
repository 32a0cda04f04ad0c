package dev.understudy.pgwire.message;

/**
 * One column of a RowDescription.
 *
 * @param name the column's name, which need not be unique in a row
 * @param relationOid the table the column comes from, 0 for an expression
 * @param attributeNumber the column's number in that table, 0 for an expression
 * @param typeOid the type, an OID of the server that answered
 * @param typeSize {@code pg_type.typlen}
 * @param typeModifier {@code pg_attribute.atttypmod}
 * @param format 0 text, 1 binary; 0 also in the answer to a Describe of a statement, where formats are not yet known
 */
public record Field(
        String name, int relationOid, int attributeNumber, int typeOid, int typeSize, int typeModifier, int format) {
    /** Text format. */
    public static final int TEXT = 0;
    /** Binary format. */
    public static final int BINARY = 1;

    /** The same column in another format. */
    public Field withFormat(int newFormat) {
        return new Field(name, relationOid, attributeNumber, typeOid, typeSize, typeModifier, newFormat);
    }
}
