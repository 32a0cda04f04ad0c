package dev.understudy.lab.seeds;

/**
 * A data column. Its name is unique in the database.
 *
 * @param name its name
 * @param type what it holds
 * @param sqlType its type as in CREATE TABLE
 * @param nullable whether some rows have none
 * @param defaultValue an expression, empty for none
 * @param dark whether no statement of the workload reads or writes it
 */
record Column(String name, ValueType type, String sqlType, boolean nullable, String defaultValue, boolean dark) {
    String ddl() {
        return name + " " + sqlType + (defaultValue.isEmpty() ? "" : " DEFAULT " + defaultValue)
                + (nullable ? "" : " NOT NULL");
    }

    /** A parameter of its type. */
    String parameter() {
        return type.isBound() ? "?" : "CAST(? AS " + sqlType + ")";
    }
}
