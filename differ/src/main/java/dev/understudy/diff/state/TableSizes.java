package dev.understudy.diff.state;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** How large tables are on disk, partitions with their table: to order them, and for the number of buckets. */
final class TableSizes {
    private static final String SQL = """
            SELECT n.nspname || '.' || c.relname,
                   CASE WHEN c.relkind = 'p'
                        THEN (SELECT sum(pg_relation_size(p.relid)) FROM pg_partition_tree(c.oid) p WHERE p.isleaf)
                        ELSE pg_relation_size(c.oid) END::int8
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'm')
            """;

    /** What the last VACUUM or ANALYZE saw, if there was one; asks for no locks. */
    private static final String WITHOUT_LOCKS = """
            SELECT n.nspname || '.' || c.relname, greatest(c.relpages, 0) * current_setting('block_size')::int8
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'm')
            """;

    private TableSizes() {}

    /** Bytes by schema.name. */
    static Map<String, Long> read(SideSession side) throws SQLException {
        side.beginTable(0);
        try {
            return read(side, SQL);
        } catch (SQLException e) {
            if (side.isLost(e)) {
                throw e;
            }
            // A table is locked, or was dropped meanwhile; its own comparison will tell.
            side.endTable();
            side.beginTable(0);
            return read(side, WITHOUT_LOCKS);
        } finally {
            if (!side.connection().isClosed()) {
                side.endTable();
            }
        }
    }

    private static Map<String, Long> read(SideSession side, String sql) throws SQLException {
        Map<String, Long> sizes = new HashMap<>();
        side.query(sql, row -> sizes.put(row.getString(1), row.getLong(2)));
        return sizes;
    }
}
