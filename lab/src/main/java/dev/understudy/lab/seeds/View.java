package dev.understudy.lab.seeds;

import java.util.Map;
import java.util.Set;

/**
 * A view.
 *
 * @param name its name
 * @param query its query
 * @param equivalent another query with the same result
 * @param wrong a query of the same shape that gives other rows
 * @param columns where its columns come from
 * @param number the column with the row number of its first table
 * @param table that table
 * @param decides what decides which rows it has
 */
record View(
        String name,
        String query,
        String equivalent,
        String wrong,
        Map<String, Set<String>> columns,
        String number,
        Table table,
        Set<String> decides) {}
