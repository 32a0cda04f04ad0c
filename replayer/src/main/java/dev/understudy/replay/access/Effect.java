package dev.understudy.replay.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What functions of the server itself do beside reading and writing rows, as far as others can notice it. Which do, the
 * server's manual tells (chapter 9); all others of its functions compute, or look at the session alone.
 */
public enum Effect {
    /** A sequence gives a value out, or is set: gone at once, whatever becomes of the transaction. */
    SEQUENCE,
    /** An advisory lock of the session is taken. */
    SESSION_LOCK,
    /** Advisory locks of the session are let go. */
    SESSION_UNLOCK,
    /** An advisory lock of the transaction is taken. */
    TRANSACTION_LOCK,
    /** Others are told something when the transaction commits. */
    NOTIFICATION,
    /** A large object is read or written. */
    LARGE_OBJECT,
    /** A text given to it is run. */
    ANYTHING;

    private static final Set<String> RUN_TEXT = Set.of(
            "query_to_xml",
            "query_to_xmlschema",
            "query_to_xml_and_xmlschema",
            "cursor_to_xml",
            "table_to_xml",
            "schema_to_xml",
            "database_to_xml",
            "ts_stat",
            "ts_rewrite");
    private static final Set<String> OBJECTS = Set.of("loread", "lowrite");

    /** What a function of this name does; null if that touches nobody else. */
    static @Nullable Effect ofServerFunction(String name) {
        if (name.equals("nextval") || name.equals("setval") || name.equals("pg_sequence_last_value")) {
            return SEQUENCE;
        }
        if (name.startsWith("pg_advisory_") || name.startsWith("pg_try_advisory_")) {
            if (name.startsWith("pg_advisory_unlock")) {
                return SESSION_UNLOCK;
            }
            return name.contains("_xact_") ? TRANSACTION_LOCK : SESSION_LOCK;
        }
        if (name.equals("pg_notify")) {
            return NOTIFICATION;
        }
        if (name.startsWith("lo_") || OBJECTS.contains(name)) {
            return LARGE_OBJECT;
        }
        return RUN_TEXT.contains(name) ? ANYTHING : null;
    }
}
