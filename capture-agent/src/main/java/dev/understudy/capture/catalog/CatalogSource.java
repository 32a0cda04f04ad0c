package dev.understudy.capture.catalog;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** Reads the captured database's catalog over a connection of the agent's own, opened for it and closed again. */
public final class CatalogSource {
    private static final List<String> PASSED_ON = List.of("options", "sslrootcert", "sslcert", "sslkey");
    private static final String CONNECT_TIMEOUT_SECONDS = "5";
    private static final String ANSWER_TIMEOUT_SECONDS = "60";

    private final ConnectionInfo server;

    /** A source for the database that {@code server} names. */
    public CatalogSource(ConnectionInfo server) {
        this.server = server;
    }

    /**
     * Reads the catalog; waits for the server, so never on an event loop or a recorder's thread.
     *
     * @throws SQLException if it cannot be read
     */
    public Catalog read() throws SQLException {
        if (server.isUnixSocket()) {
            throw new SQLException("upstream=" + server + ": the catalog is read over TCP only; name host and port");
        }
        Properties properties = new Properties();
        properties.setProperty("user", server.user());
        if (!server.password().isEmpty()) {
            properties.setProperty("password", server.password());
        }
        if (!server.sslMode().isEmpty()) {
            properties.setProperty("sslmode", server.sslMode());
        }
        properties.setProperty("ApplicationName", "understudy-capture");
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_TIMEOUT_SECONDS);
        for (String name : PASSED_ON) {
            String value = server.parameters().get(name);
            if (value != null) {
                properties.setProperty(name, value);
            }
        }
        String database = server.database().isEmpty() ? server.user() : server.database();
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        String url = "jdbc:postgresql://" + host + ":" + server.port() + "/" + encoded(database);
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            return CatalogReader.read(connection);
        }
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
