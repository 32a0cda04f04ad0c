package dev.understudy.diff.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as text.
 *
 * @param id its id
 * @param key its key's values, empty where the table has no key; for people and for pairing
 * @param values the compared columns' values; null is SQL NULL
 */
record FullRow(long id, String key, List<@Nullable String> values) {}
