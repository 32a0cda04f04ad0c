package dev.understudy.trace.run;

/**
 * A whole table's state.
 *
 * @param table schema.name
 * @param rows how many rows
 * @param hash the sum of the rows' extended hashes, as text; empty where a column's type has no hash
 * @param note why there is no hash, else empty
 */
public record TableState(String table, long rows, String hash, String note) {}
