package dev.understudy.pgwire.sql;

/**
 * What a statement is, from its leading tokens alone. What these do not settle is {@link #UNKNOWN}: no kind is ever a
 * guess. A kind says nothing about what functions, rules and triggers do behind it.
 */
public enum StatementKind {
    /** No token at all. */
    EMPTY,
    /** {@code SELECT} of one constant: a pool asks whether its connection lives. */
    PING,
    /** BEGIN, START TRANSACTION. */
    BEGIN,
    /** COMMIT, END, also AND CHAIN. */
    COMMIT,
    /** ROLLBACK, ABORT, also AND CHAIN. */
    ROLLBACK,
    /** SAVEPOINT. */
    SAVEPOINT,
    /** RELEASE SAVEPOINT. */
    RELEASE_SAVEPOINT,
    /** ROLLBACK TO SAVEPOINT. */
    ROLLBACK_TO_SAVEPOINT,
    /** PREPARE TRANSACTION. */
    PREPARE_TRANSACTION,
    /** COMMIT PREPARED. */
    COMMIT_PREPARED,
    /** ROLLBACK PREPARED. */
    ROLLBACK_PREPARED,
    /** SELECT without INTO, VALUES, TABLE, and those in parentheses. */
    SELECT,
    /** WITH: whether it reads or writes is not settled. */
    WITH,
    /** INSERT. */
    INSERT,
    /** UPDATE. */
    UPDATE,
    /** DELETE. */
    DELETE,
    /** MERGE. */
    MERGE,
    /** COPY. */
    COPY,
    /** TRUNCATE. */
    TRUNCATE,
    /** SET, SET LOCAL, SET ROLE, SET TRANSACTION, SET CONSTRAINTS. */
    SET,
    /** RESET. */
    RESET,
    /** SHOW. */
    SHOW,
    /** DISCARD. */
    DISCARD,
    /** CREATE, ALTER, DROP, COMMENT, GRANT, REVOKE, SELECT INTO and their like. */
    DDL,
    /** LOCK TABLE. */
    LOCK,
    /** CALL. */
    CALL,
    /** DO. */
    DO,
    /** PREPARE a statement. */
    PREPARE,
    /** EXECUTE. */
    EXECUTE,
    /** DEALLOCATE. */
    DEALLOCATE,
    /** DECLARE a cursor. */
    DECLARE,
    /** FETCH. */
    FETCH,
    /** MOVE. */
    MOVE,
    /** CLOSE a cursor. */
    CLOSE,
    /** LISTEN. */
    LISTEN,
    /** UNLISTEN. */
    UNLISTEN,
    /** NOTIFY. */
    NOTIFY,
    /** EXPLAIN. */
    EXPLAIN,
    /** VACUUM. */
    VACUUM,
    /** ANALYZE. */
    ANALYZE,
    /** CHECKPOINT, LOAD. */
    MAINTENANCE,
    /** Anything else, and a text of several statements. */
    UNKNOWN;

    /** The kind of one statement's text. Time is linear in it. */
    public static StatementKind of(String sql) {
        return StatementClassifier.classify(sql);
    }

    /** Whether it begins, ends or divides a transaction. */
    public boolean isTransactionControl() {
        return switch (this) {
            case BEGIN,
                    COMMIT,
                    ROLLBACK,
                    SAVEPOINT,
                    RELEASE_SAVEPOINT,
                    ROLLBACK_TO_SAVEPOINT,
                    PREPARE_TRANSACTION,
                    COMMIT_PREPARED,
                    ROLLBACK_PREPARED -> true;
            default -> false;
        };
    }

    /**
     * Whether its answer says something about data: all but transaction control, settings, prepared statements'
     * bookkeeping, subscriptions, pings and the empty text.
     */
    public boolean carriesData() {
        return switch (this) {
            case EMPTY, PING, SET, RESET, SHOW, DISCARD, PREPARE, DEALLOCATE, LISTEN, UNLISTEN -> false;
            default -> !isTransactionControl();
        };
    }
}
