package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Functions of PostgreSQL's own that answer anew each time, or differently on every server (chapters 9.3, 9.14, 9.27,
 * 9.28; pgcrypto, uuid-ossp). What users declare VOLATILE is not among them: that is the default, and proves nothing.
 */
final class VolatileFunctions {
    private static final Set<String> NAMES = Set.of(
            "random",
            "random_normal",
            "gen_random_uuid",
            "gen_random_bytes",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7",
            "pg_backend_pid",
            "txid_current",
            "txid_current_snapshot",
            "txid_snapshot_xmin",
            "txid_snapshot_xmax",
            "pg_current_xact_id",
            "pg_current_snapshot",
            "pg_current_wal_lsn",
            "pg_current_wal_insert_lsn",
            "pg_postmaster_start_time",
            "pg_conf_load_time",
            "inet_server_addr",
            "inet_server_port",
            "inet_client_addr",
            "inet_client_port",
            "version",
            "current_database",
            "current_catalog",
            "pg_database_size",
            "pg_relation_size",
            "pg_table_size",
            "pg_indexes_size",
            "pg_total_relation_size");

    private static final Pattern CALL = Pattern.compile("([a-z_0-9]+)\\s*\\(");

    private VolatileFunctions() {}

    /**
     * Whether the value at a difference's place comes from such a function: the select list's item calls it, or an INSERT
     * returns a column whose default does.
     *
     * @param defaultValue the expression of the column's default, null if it has none or the column is not known
     */
    static boolean explain(Difference difference, StatementFacts facts, @Nullable String defaultValue) {
        int column = difference.place().leftColumn();
        if (!difference.type().isValue() || column < 0) {
            return false;
        }
        SelectItem item = facts.itemAt(column);
        if (item != null && item.functions().stream().anyMatch(NAMES::contains)) {
            return true;
        }
        return facts.verb().equals("insert")
                && defaultValue != null
                && CALL.matcher(defaultValue).results().anyMatch(call -> NAMES.contains(call.group(1)));
    }
}
