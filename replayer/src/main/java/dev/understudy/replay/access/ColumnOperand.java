package dev.understudy.replay.access;

/**
 * A value in a statement's text that stands for a column: it is compared with it, set to it or inserted into it, and the
 * server's rules for names say which column that is.
 *
 * @param schema the schema as written, empty where none is
 * @param table the table's name
 * @param column the column's name
 * @param parameter the parameter's number, 0 for a constant
 * @param start where the constant's characters begin in the text, behind a quote; for a parameter where it stands
 * @param end where the character behind them stands
 * @param many whether it is an array, any element of which is compared
 * @param added whether it is inserted
 */
public record ColumnOperand(
        String schema, String table, String column, int parameter, int start, int end, boolean many, boolean added) {}
