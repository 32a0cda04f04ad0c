package dev.understudy.cli.target;

import dev.understudy.pgwire.ConnectionInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a target as a libpq URI, a keyword string or a JDBC URL, and completes it as libpq does: what the target itself
 * says counts most, then its service file, then the PG* variables, then the password file and the defaults. Unlike libpq
 * it looks for a server on {@code localhost} where no host is given, since not every part of Understudy speaks through
 * Unix sockets.
 */
public final class ConnectionInfoParser {
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final int MAX_PORT = 65_535;
    private static final String EXPECTED =
            "expected postgres://user@host:port/dbname, or host=... dbname=..., or jdbc:postgresql://host:port/dbname";

    private final Surroundings surroundings;
    private final Consumer<String> warnings;

    /**
     * A parser.
     *
     * @param surroundings where defaults come from
     * @param warnings told what was passed over, such as a password file that others may read
     */
    public ConnectionInfoParser(Surroundings surroundings, Consumer<String> warnings) {
        this.surroundings = surroundings;
        this.warnings = warnings;
    }

    /**
     * Reads and completes a target.
     *
     * @throws InvalidTargetException if it is wrong, with what was expected
     */
    public ConnectionInfo parse(String text) {
        Map<String, String> settings = explicit(text.strip());
        Map<String, String> environment = environment();
        String service = settings.getOrDefault(Keyword.SERVICE, environment.get(Keyword.SERVICE));
        if (service != null) {
            ServiceFile.find(service, serviceFiles()).forEach(settings::putIfAbsent);
        }
        environment.forEach(settings::putIfAbsent);
        settings.remove(Keyword.SERVICE);
        return complete(settings);
    }

    private static Map<String, String> explicit(String text) {
        if (LibpqUri.matches(text)) {
            return LibpqUri.parse(text);
        }
        if (JdbcUrl.matches(text)) {
            return JdbcUrl.parse(text);
        }
        if (text.contains("://")) {
            throw new InvalidTargetException(
                    "unknown scheme '" + text.substring(0, text.indexOf("://")) + "'; " + EXPECTED);
        }
        if (text.contains("=")) {
            return KeywordDsn.parse(text);
        }
        throw new InvalidTargetException(EXPECTED);
    }

    private Map<String, String> environment() {
        Map<String, String> settings = new LinkedHashMap<>();
        Keyword.BY_VARIABLE.forEach((variable, keyword) -> {
            String value = surroundings.environment().get(variable);
            if (value != null && !value.isEmpty()) {
                settings.put(keyword, value);
            }
        });
        return settings;
    }

    private List<Path> serviceFiles() {
        List<Path> files = new ArrayList<>();
        String named = surroundings.environment().get("PGSERVICEFILE");
        files.add(named != null ? Path.of(named) : surroundings.home().resolve(".pg_service.conf"));
        files.add(Path.of(surroundings.environment().getOrDefault("PGSYSCONFDIR", "/etc/postgresql-common"))
                .resolve("pg_service.conf"));
        return files;
    }

    private ConnectionInfo complete(Map<String, String> settings) {
        Map<String, String> rest = new LinkedHashMap<>(settings);
        String host = Objects.requireNonNullElse(rest.remove(Keyword.HOST), "localhost");
        String address = rest.remove(Keyword.HOST_ADDRESS);
        int port = port(Objects.requireNonNullElse(rest.remove(Keyword.PORT), "5432"));
        String user = Objects.requireNonNullElse(rest.remove(Keyword.USER), surroundings.osUser());
        String database = Objects.requireNonNullElse(rest.remove(Keyword.DATABASE), user);
        String sslMode = Objects.requireNonNullElse(rest.remove(Keyword.SSL_MODE), "prefer");
        String password = rest.remove(Keyword.PASSWORD);
        String passFile = rest.remove(Keyword.PASS_FILE);
        if (host.contains(",") || address != null && address.contains(",")) {
            throw new InvalidTargetException("several hosts are given: name one");
        }
        if (!SSL_MODES.contains(sslMode)) {
            throw new InvalidTargetException("sslmode=" + sslMode + ": expected one of "
                    + SSL_MODES.stream().sorted().toList());
        }
        if (password == null) {
            Path file =
                    passFile != null ? Path.of(passFile) : surroundings.home().resolve(".pgpass");
            // Sockets count as localhost there.
            String passHost = host.startsWith("/") ? "localhost" : host;
            password = PassFile.find(file, passHost, port, database, user, warnings)
                    .orElse("");
        }
        return new ConnectionInfo(address != null ? address : host, port, database, user, password, sslMode, rest);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of range; the text may be a password that landed in the wrong place.
        }
        throw new InvalidTargetException("the port must be a number from 1 to " + MAX_PORT);
    }
}
