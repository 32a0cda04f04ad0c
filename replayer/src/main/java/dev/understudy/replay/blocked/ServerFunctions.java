package dev.understudy.replay.blocked;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions of PostgreSQL (chapter 9.28, large objects, versions 13 to 18) and of known extensions that reach beyond
 * the database, by name; and of the built-in ones the OIDs, by which FunctionCall messages name them.
 */
final class ServerFunctions {
    private static final Map<String, BlockedRule> BY_NAME = new HashMap<>();
    private static final Map<Integer, BlockedRule> BY_OID = new HashMap<>();

    /** Functions that run the text which they are given. */
    static final Set<String> RUN_TEXT = Set.of(
            "query_to_xml",
            "query_to_xmlschema",
            "query_to_xml_and_xmlschema",
            "ts_stat",
            "ts_rewrite",
            "crosstab",
            "crosstab2",
            "crosstab3",
            "crosstab4",
            "crosstab_hash",
            "xpath_table");

    static {
        names(
                BlockedRule.DBLINK,
                "dblink dblink_connect dblink_connect_u dblink_disconnect dblink_exec dblink_open dblink_fetch"
                        + " dblink_close dblink_send_query dblink_is_busy dblink_get_result dblink_get_notify"
                        + " dblink_get_connections dblink_error_message dblink_cancel_query");
        names(
                BlockedRule.REMOTE_CALL,
                "http http_get http_post http_put http_patch http_delete http_head net.http_get net.http_post"
                        + " net.http_delete aws_s3.query_export_to_s3 aws_s3.table_import_from_s3 aws_lambda.invoke"
                        + " table_import_from_s3 query_export_to_s3");
        names(
                BlockedRule.SERVER_FILE,
                "pg_read_file pg_read_file_old pg_read_file_all pg_read_binary_file pg_read_binary_file_all"
                        + " pg_stat_file pg_ls_dir pg_ls_logdir pg_ls_waldir pg_ls_tmpdir pg_ls_archive_statusdir"
                        + " pg_ls_summariesdir pg_ls_logicalmapdir pg_ls_logicalsnapdir pg_ls_replslotdir"
                        + " pg_file_read pg_file_write pg_file_sync pg_file_rename pg_file_unlink pg_file_length"
                        + " pg_logdir_ls lo_import lo_export");
        names(BlockedRule.BACKEND_SIGNAL, "pg_terminate_backend pg_cancel_backend pg_log_backend_memory_contexts");
        names(
                BlockedRule.SERVER_CONTROL,
                "pg_reload_conf pg_rotate_logfile pg_rotate_logfile_old pg_logfile_rotate pg_promote pg_switch_wal"
                        + " pg_create_restore_point pg_start_backup pg_stop_backup pg_backup_start pg_backup_stop"
                        + " pg_wal_replay_pause pg_wal_replay_resume");
        names(
                BlockedRule.REPLICATION,
                "pg_create_physical_replication_slot pg_create_logical_replication_slot pg_drop_replication_slot"
                        + " pg_copy_physical_replication_slot pg_copy_logical_replication_slot"
                        + " pg_replication_slot_advance pg_logical_slot_get_changes pg_logical_slot_get_binary_changes"
                        + " pg_logical_slot_peek_changes pg_logical_slot_peek_binary_changes pg_sync_replication_slots"
                        + " pg_replication_origin_create pg_replication_origin_drop"
                        + " pg_replication_origin_session_setup pg_replication_origin_advance");
        oids(
                BlockedRule.SERVER_FILE,
                "764 765 767 2623 2624 2625 3293 3295 3297 3307 3353 3354 3826 3827 3828 4100 5029 5030 5031 6208 6209"
                        + " 6270 6271 6272 6400");
        oids(BlockedRule.BACKEND_SIGNAL, "2096 2171 4543");
        oids(BlockedRule.SERVER_CONTROL, "2172 2173 2621 2622 2739 2848 3071 3072 3098 3436 4099");
        oids(
                BlockedRule.REPLICATION,
                "3779 3780 3782 3783 3784 3785 3786 3878 4220 4221 4222 4223 4224 6003 6004 6006 6012 6344");
    }

    private ServerFunctions() {}

    private static void names(BlockedRule rule, String names) {
        for (String name : List.of(names.split(" "))) {
            BY_NAME.put(name, rule);
        }
    }

    private static void oids(BlockedRule rule, String oids) {
        for (String oid : List.of(oids.split(" "))) {
            BY_OID.put(Integer.valueOf(oid), rule);
        }
    }

    /** The rule for a name with its schema, empty where none is given; null if there is none. */
    static @Nullable BlockedRule named(String schema, String name) {
        BlockedRule rule = BY_NAME.get(name);
        return rule == null && !schema.isEmpty() ? BY_NAME.get(schema + "." + name) : rule;
    }

    /** The rule for a built-in function; null if there is none. */
    static @Nullable BlockedRule numbered(int oid) {
        return BY_OID.get(oid);
    }
}
