package dev.understudy.trace.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What holds data, and its types. */
final class RelationQueries {
    private static final String SCHEMAS = """
            SELECT n.nspname, pg_get_userbyid(n.nspowner),
                   CASE WHEN acl.given IS DISTINCT FROM acl.usual THEN acl.given END
            FROM pg_namespace n
            CROSS JOIN LATERAL (
                SELECT (SELECT array_agg(a::text ORDER BY a::text COLLATE "C") FROM unnest(n.nspacl) a)::text AS given,
                       (SELECT array_agg(a::text ORDER BY a::text COLLATE "C") FROM unnest(acldefault('n', n.nspowner)) a)::text
                           AS usual) acl
            WHERE n.nspname !~ '^(pg_|information_schema$)' ORDER BY n.nspname
            """;

    private static final String TYPES = """
            SELECT t.oid::int8, n.nspname, t.typname, t.typtype, t.typelem::int8,
                   coalesce(nullif(t.typbasetype, 0), r.rngsubtype,
                            -- by way of JSON, since version 13 has no such column
                            CASE t.typtype WHEN 'm' THEN (SELECT g.rngtypid FROM pg_range g
                                WHERE (to_jsonb(g) ->> 'rngmultitypid')::oid = t.oid) END, 0)::int8,
                   t.typrelid::int8,
                   (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
                   CASE t.typtype
                     WHEN 'd' THEN concat(format_type(t.typbasetype, t.typtypmod),
                                          CASE WHEN t.typnotnull THEN ' NOT NULL' END, ' DEFAULT ' || t.typdefault)
                     WHEN 'r' THEN format_type(r.rngsubtype, NULL) END
            FROM pg_type t
            JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_range r ON r.rngtypid = t.oid
            LEFT JOIN pg_type e ON e.oid = t.typelem
            WHERE n.nspname !~ '^(pg_toast|pg_temp_|pg_toast_temp_|information_schema$)'
              AND (n.nspname <> 'pg_catalog' OR t.typrelid = 0 AND coalesce(e.typrelid, 0) = 0)
            ORDER BY n.nspname, t.typname
            """;

    private static final String RELATIONS = """
            SELECT c.oid::int8, n.nspname, c.relname, c.relkind, c.relpersistence, pg_get_userbyid(c.relowner),
                   c.relrowsecurity, c.relforcerowsecurity,
                   CASE WHEN acl.given IS DISTINCT FROM acl.usual THEN acl.given END,
                   CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
                   c.relispartition,
                   (SELECT array_agg(pn.nspname || '.' || p.relname ORDER BY i.inhseqno) FROM pg_inherits i
                    JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
                    WHERE i.inhrelid = c.oid),
                   pg_get_expr(c.relpartbound, c.oid),
                   CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
                   (SELECT array_agg(o ORDER BY o COLLATE "C") FROM unnest(c.reloptions) o)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (
                SELECT (SELECT array_agg(a::text ORDER BY a::text COLLATE "C") FROM unnest(c.relacl) a)::text AS given,
                       (SELECT array_agg(a::text ORDER BY a::text COLLATE "C")
                        FROM unnest(acldefault((CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", c.relowner)) a
                       )::text AS usual) acl
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND c.relpersistence <> 't'
              AND n.nspname !~ '^(pg_|information_schema$)'
            ORDER BY n.nspname, c.relname
            """;

    private static final String ATTRIBUTES = """
            SELECT a.attrelid::int8, a.attnum, a.attname, a.atttypid::int8, format_type(a.atttypid, a.atttypmod),
                   a.atttypmod, a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
                   CASE WHEN a.attcollation <> t.typcollation THEN cn.nspname || '.' || co.collname END,
                   (SELECT array_agg(x::text ORDER BY x::text COLLATE "C") FROM unnest(a.attacl) x)::text
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            LEFT JOIN pg_collation co ON co.oid = a.attcollation
            LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND c.relpersistence <> 't'
              AND n.nspname !~ '^(pg_|information_schema$)' AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum
            """;

    private RelationQueries() {}

    static List<Catalog.Schema> schemas(Connection connection) throws SQLException {
        return Rows.list(connection, SCHEMAS, row -> new Catalog.Schema(row.text(), row.text(), row.textOrNull()));
    }

    static List<Catalog.Type> types(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                TYPES,
                row -> new Catalog.Type(
                        row.number(),
                        row.text(),
                        row.text(),
                        row.letter(),
                        row.number(),
                        row.number(),
                        row.number(),
                        row.texts(),
                        row.textOrNull()));
    }

    static List<Catalog.Relation> relations(Connection connection) throws SQLException {
        Map<Integer, List<Catalog.Attribute>> attributes = attributes(connection);
        return Rows.list(connection, RELATIONS, row -> {
            int oid = row.number();
            return new Catalog.Relation(
                    oid,
                    row.text(),
                    row.text(),
                    row.letter(),
                    row.letter(),
                    row.text(),
                    row.bool(),
                    row.bool(),
                    row.textOrNull(),
                    row.textOrNull(),
                    row.bool(),
                    row.texts(),
                    row.textOrNull(),
                    row.textOrNull(),
                    row.texts(),
                    attributes.getOrDefault(oid, List.of()));
        });
    }

    private static Map<Integer, List<Catalog.Attribute>> attributes(Connection connection) throws SQLException {
        Map<Integer, List<Catalog.Attribute>> byRelation = new HashMap<>();
        Rows.list(
                connection,
                ATTRIBUTES,
                row -> byRelation
                        .computeIfAbsent(row.number(), relation -> new ArrayList<>())
                        .add(attribute(row)));
        return byRelation;
    }

    private static Catalog.Attribute attribute(Rows row) throws SQLException {
        int number = row.number();
        String name = row.text();
        int type = row.number();
        String typeName = row.text();
        return new Catalog.Attribute(
                number,
                name,
                type,
                typeName,
                row.number(),
                row.bool(),
                row.textOrNull(),
                row.letter(),
                row.letter(),
                row.textOrNull(),
                row.textOrNull());
    }
}
