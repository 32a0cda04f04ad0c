package dev.understudy.replay.safety;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.failure.ReplayUsageError;
import dev.understudy.replay.failure.ServiceUnreachable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

/** Connections for what is asked of a target beside the replay: identity, mark, catalog, state. */
public final class JdbcConnections {
    private static final Set<String> PASSED_ON = Set.of("sslrootcert", "options");

    private JdbcConnections() {}

    /**
     * Opens a connection that is the caller's.
     *
     * @throws ReplayUsageError if the target is given as a Unix socket, or asks for what can't be given
     * @throws ServiceUnreachable if the server can't be reached or refuses
     */
    public static Connection open(ConnectionInfo target, Duration timeout) {
        if (target.isUnixSocket()) {
            throw new ReplayUsageError("target=" + target + ": Unix sockets are not supported; give a host name");
        }
        TargetParameters.check(target);
        Properties properties = new Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("password", target.password());
        properties.setProperty("ApplicationName", "understudy");
        properties.setProperty("connectTimeout", seconds(timeout));
        properties.setProperty("loginTimeout", seconds(timeout));
        if (!target.sslMode().isEmpty()) {
            properties.setProperty("sslmode", target.sslMode());
        }
        target.parameters().forEach((name, value) -> {
            if (PASSED_ON.contains(name)) {
                properties.setProperty(name, value);
            }
        });
        String database = target.database().isEmpty() ? target.user() : target.database();
        try {
            return DriverManager.getConnection(
                    "jdbc:postgresql://" + host(target.host()) + ":" + target.port() + "/" + encoded(database),
                    properties);
        } catch (SQLException e) {
            throw new ServiceUnreachable("target=" + target + ": " + e.getMessage(), e);
        }
    }

    private static String seconds(Duration timeout) {
        return Long.toString(Math.max(1, timeout.toSeconds()));
    }

    private static String host(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static String encoded(String database) {
        return URLEncoder.encode(database, StandardCharsets.UTF_8);
    }
}
