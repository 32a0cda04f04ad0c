package dev.understudy.pgwire;

import java.util.Map;

/**
 * Where a server is and who logs in, as a libpq URI says it. Plain data: who parses, resolves or connects is elsewhere.
 *
 * @param host a host name or address; a path beginning with a slash is the directory of a Unix socket
 * @param port the port, also part of a Unix socket's name
 * @param database the database, empty for the user's default
 * @param user the role to log in as
 * @param password the password, empty if none is known; never printed
 * @param sslMode libpq's {@code sslmode}: disable, allow, prefer, require, verify-ca, verify-full
 * @param parameters further libpq parameters by keyword, such as {@code sslrootcert} or {@code options}
 */
public record ConnectionInfo(
        String host,
        int port,
        String database,
        String user,
        String password,
        String sslMode,
        Map<String, String> parameters) {
    /** Copies the map. */
    public ConnectionInfo {
        parameters = Map.copyOf(parameters);
    }

    /** Whether {@code host} names a directory with a Unix socket. */
    public boolean isUnixSocket() {
        return host.startsWith("/");
    }

    /** The same server with another database. */
    public ConnectionInfo withDatabase(String other) {
        return new ConnectionInfo(host, port, other, user, password, sslMode, parameters);
    }

    /** For people: host, port and database, never the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
