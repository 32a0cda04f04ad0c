package dev.understudy.replay.access;

import java.util.List;

/** Which tables have which columns, as far as names in statements have to be told apart. */
public interface ColumnNames {
    /**
     * A table's columns in order; empty where no such table is known, or where several of that name differ.
     *
     * @param schema the schema as written, empty where none is
     */
    List<String> of(String schema, String table);
}
