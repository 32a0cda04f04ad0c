package dev.understudy.trace.run;

/**
 * A whole table's state.
 *
 * @param table schema.name
 * @param rows how many rows; -1 where they could not be read
 * @param hash the sum of the rows' extended hashes, as a decimal number of any length; empty where there is none
 * @param note why there is no hash, else empty
 */
public record TableState(String table, long rows, String hash, String note) {}
