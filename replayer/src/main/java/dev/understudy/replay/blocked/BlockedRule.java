package dev.understudy.replay.blocked;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a statement is not sent: what it reaches beyond its database. */
public enum BlockedRule {
    /** The functions of dblink, which talk to another server. */
    DBLINK("dblink"),
    /** Writes and row locks on foreign tables, IMPORT FOREIGN SCHEMA: they act on another server. */
    FOREIGN_TABLE("foreign-table"),
    /** Functions of extensions that call out: http, pg_net, aws_s3, aws_lambda. */
    REMOTE_CALL("remote-call"),
    /** COPY from or to a program, which runs on the server's host. */
    COPY_PROGRAM("copy-program"),
    /** COPY from or to a file of the server's host. */
    COPY_FILE("copy-file"),
    /** Functions that read, list or write files of the server's host. */
    SERVER_FILE("server-file"),
    /** LOAD, and functions in C: they bring a library into the server. */
    LOAD("load"),
    /** Functions and DO blocks in languages without a sandbox, which may do anything the server's user may. */
    UNTRUSTED_LANGUAGE("untrusted-language"),
    /** Signals to backends, which may be another session's, or another database's. */
    BACKEND_SIGNAL("backend-signal"),
    /** Functions that act on the whole server: reload, rotate, promote, switch WAL, backups. */
    SERVER_CONTROL("server-control"),
    /** ALTER SYSTEM. */
    ALTER_SYSTEM("alter-system"),
    /** Subscriptions, replication slots and origins: traffic between servers, or WAL kept for it. */
    REPLICATION("replication"),
    /** CREATE, ALTER, DROP DATABASE; ALTER DATABASE could even forge the mark. */
    DATABASE("database"),
    /** CREATE, ALTER, DROP TABLESPACE. */
    TABLESPACE("tablespace"),
    /** Roles and memberships, which all databases of a server share. */
    ROLE("role");

    /** What the reason of an exchange begins with that was left out by a rule. */
    public static final String REASON = "blocked: ";

    private final String term;

    BlockedRule(String term) {
        this.term = term;
    }

    /** How it is written on the command line and in reports. */
    public String term() {
        return term;
    }

    /** Why an exchange was left out by it. */
    public String reason() {
        return REASON + term;
    }

    /**
     * Reads a term.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public static BlockedRule of(String term) {
        return Arrays.stream(values())
                .filter(rule -> rule.term.equals(term))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allow=" + term + ": expected one of "
                        + Arrays.stream(values()).map(BlockedRule::term).collect(Collectors.joining(", "))));
    }
}
