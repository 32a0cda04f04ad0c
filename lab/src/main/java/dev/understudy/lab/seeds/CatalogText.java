package dev.understudy.lab.seeds;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** A database's schema as lines of text, {@code kind object: text}, as PostgreSQL itself words it. */
final class CatalogText {
    private static final String LINES = """
            SELECT 'column ' || c.relname || '.' || a.attname || ': ' || format_type(a.atttypid, a.atttypmod)
                   || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                   || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') || a.attidentity::text || a.attgenerated::text
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
            UNION ALL
            SELECT 'constraint ' || conrelid::regclass || '.' || conname || ': ' || pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
            UNION ALL
            SELECT 'index ' || tablename || '.' || indexname || ': ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT 'view ' || viewname || ': ' || definition FROM pg_views WHERE schemaname = 'public'
            UNION ALL
            SELECT 'trigger ' || tgrelid::regclass || '.' || tgname || ': ' || pg_get_triggerdef(oid)
              FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT 'function ' || p.oid::regprocedure || ': ' || pg_get_functiondef(p.oid)
              FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'relation ' || c.relname || ': ' || c.relkind::text || ' ' || c.relrowsecurity FROM pg_class c
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            UNION ALL
            SELECT 'grant ' || c.relname || ': ' || g.grantee::regrole || ' ' || g.privilege_type
              FROM pg_class c, aclexplode(c.relacl) g
             WHERE c.relnamespace = 'public'::regnamespace AND g.grantee <> 0 AND g.grantee <> c.relowner
            UNION ALL
            SELECT 'sequence ' || sequencename || ': ' || data_type || ' ' || start_value || ' ' || increment_by || ' '
                   || coalesce(last_value, 0)
              FROM pg_sequences WHERE schemaname = 'public'
            UNION ALL
            SELECT 'label ' || t.typname || ': ' || e.enumlabel || ' ' || e.enumsortorder
              FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
            """;

    private CatalogText() {}

    static Set<String> read(Connection connection) throws SQLException {
        Set<String> lines = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LINES)) {
            while (row.next()) {
                lines.add(row.getString(1));
            }
        }
        return lines;
    }
}
