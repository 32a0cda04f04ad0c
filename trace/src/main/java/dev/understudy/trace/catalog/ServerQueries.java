package dev.understudy.trace.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds for a whole server or database. */
final class ServerQueries {
    private static final String IDENTITY = """
            SELECT current_database(), d.oid, current_setting('server_version_num')::int,
                   has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE'),
                   has_function_privilege('pg_catalog.pg_control_checkpoint()', 'EXECUTE')
            FROM pg_catalog.pg_database d WHERE d.datname = current_database()
            """;

    private static final String SYSTEM_IDENTIFIER =
            "SELECT system_identifier::text FROM pg_catalog.pg_control_system()";

    private static final String TIMELINE = "SELECT timeline_id FROM pg_catalog.pg_control_checkpoint()";

    private static final String SETTINGS = """
            SELECT name, setting, source, boot_val FROM pg_catalog.pg_settings WHERE name IN (
              'array_nulls', 'backslash_quote', 'bytea_output', 'DateStyle', 'default_text_search_config',
              'default_transaction_deferrable', 'default_transaction_isolation', 'default_transaction_read_only',
              'extra_float_digits', 'idle_in_transaction_session_timeout', 'integer_datetimes', 'IntervalStyle',
              'lc_messages', 'lc_monetary', 'lc_numeric', 'lc_time', 'lo_compat_privileges', 'lock_timeout',
              'max_identifier_length', 'max_prepared_transactions', 'row_security', 'search_path', 'server_encoding',
              'session_replication_role', 'standard_conforming_strings', 'statement_timeout', 'TimeZone',
              'timezone_abbreviations', 'transform_null_equals', 'xmlbinary', 'xmloption')
            """;

    private static final String DATABASE_SETTINGS = """
            SELECT lower(split_part(s, '=', 1)), substr(s, strpos(s, '=') + 1)
            FROM pg_catalog.pg_db_role_setting r CROSS JOIN unnest(r.setconfig) s
            WHERE r.setrole = 0
              AND r.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
            ORDER BY r.setdatabase
            """;

    private static final String MAY_READ_FILES =
            "SELECT has_function_privilege('pg_catalog.pg_show_all_file_settings()', 'EXECUTE')"
                    + " AND has_table_privilege('pg_catalog.pg_file_settings', 'SELECT')";

    private static final String FILE_SETTINGS = """
            SELECT lower(name), setting FROM pg_catalog.pg_file_settings
            WHERE applied AND setting IS NOT NULL ORDER BY seqno
            """;

    private static final String DATABASE_LOCALE = """
            SELECT d.datcollate, d.datctype,
                   coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'),
                   coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', '')
            FROM pg_catalog.pg_database d WHERE d.datname = current_database()
            """;

    private static final String EXTENSIONS = "SELECT extname, extversion FROM pg_catalog.pg_extension ORDER BY 1";

    private static final String COLLATIONS = """
            SELECT n.nspname || '.' || c.collname,
                   concat('provider=', c.collprovider,
                          ' locale=', coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale',
                                               c.collcollate),
                          ' deterministic=', c.collisdeterministic,
                          ' version=', pg_catalog.pg_collation_actual_version(c.oid))
            FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
            WHERE c.collprovider <> 'd' AND (n.nspname !~ '^(pg_|information_schema$)' OR EXISTS (
                SELECT FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_class r ON r.oid = a.attrelid
                JOIN pg_catalog.pg_namespace s ON s.oid = r.relnamespace
                WHERE a.attcollation = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  AND s.nspname !~ '^(pg_|information_schema$)'))
            ORDER BY 1
            """;

    private static final String ROLES = """
            SELECT r.rolname, r.rolsuper, r.rolinherit, r.rolbypassrls, r.rolcanlogin,
                   (SELECT array_agg(g.rolname::text ORDER BY g.rolname) FROM pg_catalog.pg_auth_members m
                    JOIN pg_catalog.pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid),
                   (SELECT array_agg(s ORDER BY d.setdatabase, s COLLATE "C") FROM pg_catalog.pg_db_role_setting d
                    CROSS JOIN unnest(d.setconfig) s
                    WHERE d.setrole = r.oid AND d.setdatabase IN (0,
                        (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())))
            FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^pg_' ORDER BY r.rolname
            """;

    private static final int VERSION_WITH_DATABASE_COLLATION = 150_000;

    private ServerQueries() {}

    static CatalogBuilder identity(Connection connection) throws SQLException {
        return Rows.list(connection, IDENTITY, row -> {
                    CatalogBuilder catalog = new CatalogBuilder(row.text());
                    int oid = row.number();
                    int version = row.number();
                    boolean system = row.bool();
                    boolean checkpoint = row.bool();
                    return catalog.identity(
                            system ? only(connection, SYSTEM_IDENTIFIER) : "",
                            checkpoint ? Integer.parseInt(only(connection, TIMELINE)) : 0,
                            oid,
                            version);
                })
                .get(0);
    }

    /**
     * What a session has without asking for anything. A driver sets some in its startup message (source "client"), for
     * which the database's, the files' or the built-in value stands; none where the files may not be read.
     */
    static Map<String, String> settings(Connection connection) throws SQLException {
        Map<String, String> configured = new HashMap<>();
        boolean files = only(connection, MAY_READ_FILES).equals("t");
        if (files) {
            configured.putAll(Rows.map(connection, FILE_SETTINGS));
        }
        configured.putAll(Rows.map(connection, DATABASE_SETTINGS));
        Map<String, String> settings = new TreeMap<>();
        Rows.list(connection, SETTINGS, row -> {
            String name = row.text();
            String value = row.text();
            String source = row.text();
            String builtIn = row.text();
            String known = source.equals("client") || source.equals("session")
                    ? beneath(configured.get(name.toLowerCase(java.util.Locale.ROOT)), files ? builtIn : null)
                    : value;
            if (known != null) {
                settings.put(name, known);
            }
            return name;
        });
        Rows.list(connection, DATABASE_LOCALE, row -> {
            settings.put("lc_collate", row.text());
            settings.put("lc_ctype", row.text());
            settings.put("locale_provider", row.text());
            return settings.put("locale", row.text());
        });
        return settings;
    }

    static Map<String, String> extensions(Connection connection) throws SQLException {
        return Rows.map(connection, EXTENSIONS);
    }

    static Map<String, String> collations(Connection connection) throws SQLException {
        Map<String, String> collations = Rows.map(connection, COLLATIONS);
        int version = Integer.parseInt(only(connection, "SHOW server_version_num"));
        if (version >= VERSION_WITH_DATABASE_COLLATION) {
            collations.put(
                    "default",
                    "version="
                            + only(
                                    connection,
                                    "SELECT coalesce(pg_catalog.pg_database_collation_actual_version(oid), '')"
                                            + " FROM pg_catalog.pg_database WHERE datname = current_database()"));
        }
        return collations;
    }

    static List<Catalog.Role> roles(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                ROLES,
                row -> new Catalog.Role(
                        row.text(), row.bool(), row.bool(), row.bool(), row.bool(), row.texts(), row.texts()));
    }

    private static @Nullable String beneath(@Nullable String configured, @Nullable String builtIn) {
        return configured != null ? configured : builtIn;
    }

    private static String only(Connection connection, String sql) throws SQLException {
        return Rows.list(connection, sql, Rows::text).get(0);
    }
}
