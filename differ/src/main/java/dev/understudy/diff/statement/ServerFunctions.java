package dev.understudy.diff.statement;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Functions of PostgreSQL's own whose value is not the database's contents (chapters 9.3, 9.9, 9.14, 9.17, 9.21, 9.27,
 * 9.28; pgcrypto, uuid-ossp). What users declare VOLATILE is not among them: that is the default, and proves nothing.
 */
public final class ServerFunctions {
    private static final Set<String> VOLATILE = Set.of(
            "random",
            "random_normal",
            "gen_random_uuid",
            "gen_random_bytes",
            "gen_salt",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7",
            "pg_backend_pid",
            "txid_current",
            "txid_current_if_assigned",
            "txid_current_snapshot",
            "txid_snapshot_xmin",
            "txid_snapshot_xmax",
            "pg_current_xact_id",
            "pg_current_xact_id_if_assigned",
            "pg_current_snapshot",
            "pg_snapshot_xmin",
            "pg_snapshot_xmax",
            "pg_current_wal_lsn",
            "pg_current_wal_insert_lsn",
            "pg_current_wal_flush_lsn",
            "pg_last_wal_receive_lsn",
            "pg_last_wal_replay_lsn",
            "pg_postmaster_start_time",
            "pg_conf_load_time",
            "pg_database_size",
            "pg_relation_size",
            "pg_table_size",
            "pg_indexes_size",
            "pg_total_relation_size",
            "pg_relation_filenode",
            "pg_relation_filepath",
            "pg_my_temp_schema",
            "pg_export_snapshot");

    private static final Set<String> SETTINGS = Set.of(
            "current_setting",
            "set_config",
            "version",
            "current_database",
            "current_catalog",
            "inet_server_addr",
            "inet_server_port",
            "inet_client_addr",
            "inet_client_port",
            "pg_is_in_recovery");

    private static final Set<String> CLOCKS = Set.of(
            "now",
            "clock_timestamp",
            "statement_timestamp",
            "transaction_timestamp",
            "timeofday",
            "current_timestamp",
            "current_date",
            "current_time",
            "localtimestamp",
            "localtime",
            "age");

    private static final Set<String> SEQUENCES = Set.of("nextval", "currval", "lastval");

    private static final Set<String> ORDERED_AGGREGATES =
            Set.of("array_agg", "json_agg", "jsonb_agg", "json_agg_strict", "jsonb_agg_strict");

    private static final Set<String> FLOAT_AGGREGATES = Set.of(
            "sum",
            "avg",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "corr",
            "covar_pop",
            "covar_samp",
            "regr_avgx",
            "regr_avgy",
            "regr_intercept",
            "regr_r2",
            "regr_slope",
            "regr_sxx",
            "regr_sxy",
            "regr_syy");

    private static final Pattern CALL = Pattern.compile("([a-z_0-9]+)\\s*\\(");

    private static final Pattern CLOCK =
            Pattern.compile("\\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\\s*\\("
                    + "|\\b(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME)\\b");

    private ServerFunctions() {}

    /** Whether an expression, as the server prints it, calls a function that answers anew each time, or by server. */
    public static boolean asksVolatile(String expression) {
        return CALL.matcher(expression).results().anyMatch(call -> isVolatile(call.group(1)));
    }

    /** Whether an expression, as the server prints it, asks a clock, which some key words do without parentheses. */
    public static boolean asksClock(String expression) {
        return CLOCK.matcher(expression).find();
    }

    /** Whether it answers anew each time, or by server. */
    public static boolean isVolatile(String function) {
        return VOLATILE.contains(function);
    }

    /** Whether it tells how the session or its server is set. */
    public static boolean isSetting(String function) {
        return SETTINGS.contains(function);
    }

    /** Whether it tells the time; {@code age} does with one argument. */
    public static boolean isClock(String function) {
        return CLOCKS.contains(function);
    }

    /** Whether it takes numbers from a sequence. */
    public static boolean isSequence(String function) {
        return SEQUENCES.contains(function);
    }

    /** Whether it lines up what it aggregates in the order in which it comes. */
    public static boolean isOrderedAggregate(String function) {
        return ORDERED_AGGREGATES.contains(function);
    }

    /** Whether a table's name is that of the server's own statistics and settings (chapters 28.2 and 54). */
    public static boolean isStatistics(String table) {
        String name = table.startsWith("pg_catalog.") ? table.substring("pg_catalog.".length()) : table;
        return name.startsWith("pg_stat") || name.equals("pg_locks") || name.equals("pg_settings");
    }

    /** Whether its last digits depend on the order in which floating-point numbers are added up. */
    public static boolean isFloatAggregate(String function) {
        return FLOAT_AGGREGATES.contains(function);
    }
}
