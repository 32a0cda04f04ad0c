package dev.understudy.trace.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What acts on relations. */
final class DependentQueries {
    private static final String CONSTRAINTS = """
            SELECT n.nspname, coalesce(c.relname, t.typname), o.conname, o.contype, o.convalidated, o.condeferrable,
                   o.condeferred, o.conkey, fn.nspname || '.' || f.relname, o.confkey, pg_get_constraintdef(o.oid)
            FROM pg_constraint o
            LEFT JOIN pg_class c ON c.oid = o.conrelid
            LEFT JOIN pg_type t ON t.oid = o.contypid
            JOIN pg_namespace n ON n.oid = coalesce(c.relnamespace, t.typnamespace)
            LEFT JOIN pg_class f ON f.oid = o.confrelid
            LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
            WHERE n.nspname !~ '^(pg_|information_schema$)'
            ORDER BY 1, 2, 3
            """;

    private static final String INDEXES = """
            SELECT n.nspname, t.relname, c.relname, i.indisunique, i.indisprimary,
                   i.indisvalid AND i.indisready AND i.indislive, i.indpred IS NOT NULL,
                   (SELECT array_agg(k::int4 ORDER BY place) FROM unnest(i.indkey) WITH ORDINALITY AS u (k, place)
                    WHERE place <= i.indnkeyatts),
                   pg_get_indexdef(i.indexrelid)
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE t.relpersistence <> 't' AND n.nspname !~ '^(pg_|information_schema$)'
            ORDER BY 1, 2, 3
            """;

    private static final String TRIGGERS = """
            SELECT n.nspname, c.relname, g.tgname, 't', g.tgenabled, pg_get_triggerdef(g.oid)
            FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT g.tgisinternal AND c.relpersistence <> 't' AND n.nspname !~ '^(pg_|information_schema$)'
            UNION ALL
            SELECT n.nspname, c.relname, w.rulename, 'r', w.ev_enabled, pg_get_ruledef(w.oid)
            FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE w.rulename <> '_RETURN' AND c.relpersistence <> 't' AND n.nspname !~ '^(pg_|information_schema$)'
            UNION ALL
            SELECT '', '', e.evtname, 'e', e.evtenabled,
                   concat_ws(' ', 'ON', e.evtevent, 'TAGS ' || e.evttags::text, 'EXECUTE', e.evtfoid::regprocedure)
            FROM pg_event_trigger e
            ORDER BY 1, 2, 4, 3
            """;

    private static final String POLICIES = """
            SELECT n.nspname, c.relname, p.polname, p.polpermissive, p.polcmd,
                   (SELECT array_agg(name ORDER BY name COLLATE "C") FROM (
                        SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r)::text END AS name
                        FROM unnest(p.polroles) r) roles),
                   pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^(pg_|information_schema$)'
            ORDER BY 1, 2, 3
            """;

    private static final String FUNCTIONS = """
            SELECT p.oid::int8, n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
                   pg_get_function_result(p.oid), p.prokind, p.provolatile, p.proparallel, p.proisstrict, p.prosecdef,
                   l.lanname, pg_get_userbyid(p.proowner),
                   CASE WHEN acl.given IS DISTINCT FROM acl.usual THEN acl.given END,
                   CASE WHEN p.prokind <> 'a' AND l.lanname NOT IN ('c', 'internal') THEN pg_get_functiondef(p.oid) END
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
            CROSS JOIN LATERAL (
                SELECT (SELECT array_agg(a::text ORDER BY a::text COLLATE "C") FROM unnest(p.proacl) a)::text AS given,
                       (SELECT array_agg(a::text ORDER BY a::text COLLATE "C") FROM unnest(acldefault('f', p.proowner)) a)::text
                           AS usual) acl
            WHERE n.nspname !~ '^(pg_|information_schema$)'
            ORDER BY n.nspname, p.proname, pg_get_function_identity_arguments(p.oid) COLLATE "C"
            """;

    private DependentQueries() {}

    static List<Catalog.Constraint> constraints(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                CONSTRAINTS,
                row -> new Catalog.Constraint(
                        row.text(),
                        row.text(),
                        row.text(),
                        row.letter(),
                        row.bool(),
                        row.bool(),
                        row.bool(),
                        row.numbers(),
                        row.textOrNull(),
                        row.numbers(),
                        row.text()));
    }

    static List<Catalog.Index> indexes(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                INDEXES,
                row -> new Catalog.Index(
                        row.text(),
                        row.text(),
                        row.text(),
                        row.bool(),
                        row.bool(),
                        row.bool(),
                        row.bool(),
                        row.numbers(),
                        row.text()));
    }

    static List<Catalog.Trigger> triggers(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                TRIGGERS,
                row -> new Catalog.Trigger(row.text(), row.text(), row.text(), row.letter(), row.letter(), row.text()));
    }

    static List<Catalog.Policy> policies(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                POLICIES,
                row -> new Catalog.Policy(
                        row.text(),
                        row.text(),
                        row.text(),
                        row.bool(),
                        row.letter(),
                        row.texts(),
                        row.textOrNull(),
                        row.textOrNull()));
    }

    static List<Catalog.Function> functions(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                FUNCTIONS,
                row -> new Catalog.Function(
                        row.number(),
                        row.text(),
                        row.text(),
                        row.text(),
                        row.text(),
                        row.letter(),
                        row.letter(),
                        row.letter(),
                        row.bool(),
                        row.bool(),
                        row.text(),
                        row.text(),
                        row.textOrNull(),
                        row.text()));
    }
}
