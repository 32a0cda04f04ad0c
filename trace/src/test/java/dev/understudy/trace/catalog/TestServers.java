package dev.understudy.trace.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Embedded servers of several majors, one each, started when first asked for and stopped with the JVM. */
public final class TestServers {
    private static final int ON_CLASS_PATH = 15;
    private static final Map<Integer, EmbeddedPostgres> STARTED = new ConcurrentHashMap<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServers() {}

    /** The majors that there are binaries of. */
    public static List<Integer> majors() {
        return Stream.concat(Stream.of(ON_CLASS_PATH), jars().keySet().stream())
                .sorted()
                .distinct()
                .toList();
    }

    /** A connection to a new, empty database as the superuser. */
    public static Connection newDatabase(int major) throws SQLException {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection maintenance = connect(major, "postgres");
                Statement statement = maintenance.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return connect(major, name);
    }

    public static Connection connect(int major, String database) throws SQLException {
        return connect(major, database, "postgres");
    }

    public static Connection connect(int major, String database, String user) throws SQLException {
        int port = STARTED.computeIfAbsent(major, TestServers::start).getPort();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, "");
    }

    private static EmbeddedPostgres start(int major) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_prepared_transactions", "2");
            Path jar = jars().get(major);
            if (jar != null) {
                builder.setPgBinaryResolver(binariesOf(jar));
            }
            EmbeddedPostgres server = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Integer, Path> jars() {
        String folder = System.getProperty("postgres.jars", "");
        Map<Integer, Path> jars = new ConcurrentHashMap<>();
        if (!folder.isEmpty() && Files.isDirectory(Path.of(folder))) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".jar"))
                        .forEach(file -> jars.put(
                                Integer.valueOf(file.getFileName().toString().replace(".jar", "")), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return jars;
    }

    private static PgBinaryResolver binariesOf(Path jar) {
        return (system, machine) -> {
            try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.getName().endsWith(".txz")) {
                        InputStream copy = new ByteArrayInputStream(zip.readAllBytes());
                        return copy;
                    }
                }
            }
            throw new IOException("jar=" + jar + ": expected an entry *.txz");
        };
    }
}
