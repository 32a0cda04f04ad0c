package dev.understudy.trace.run;

/**
 * A whole table's state.
 *
 * @param table schema.name
 * @param rows how many rows; 0 where they could not be read, of which the note tells
 * @param hash the sum of the rows' extended hashes, as a decimal number of any length; empty where the rows could not be
 *     read, or were held against another arm's instead
 * @param note why they could not be read, else empty
 */
public record TableState(String table, long rows, String hash, String note) {}
