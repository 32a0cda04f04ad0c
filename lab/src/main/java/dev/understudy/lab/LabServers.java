package dev.understudy.lab;

import dev.understudy.lab.kafka.EmbeddedKafka;
import dev.understudy.lab.kafka.KafkaBroker;
import dev.understudy.lab.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One broker and one PostgreSQL server for all tests of a JVM: started by the first that asks, stopped and deleted when
 * the JVM ends. Tests keep apart by topic and database names.
 */
public final class LabServers {
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private static @Nullable KafkaBroker kafka;
    private static @Nullable EmbeddedDatabase postgres;

    private LabServers() {}

    /** The broker of this JVM. */
    public static synchronized KafkaBroker kafka() {
        if (kafka == null) {
            ExitGuard guard = new ExitGuard("lab-kafka-closer");
            try {
                kafka = EmbeddedKafka.startTemporary();
                guard.started(kafka);
            } catch (IOException e) {
                guard.dismiss();
                throw new UncheckedIOException(e);
            }
        }
        return kafka;
    }

    /** The PostgreSQL server of this JVM. */
    public static synchronized EmbeddedDatabase postgres() {
        if (postgres == null) {
            try {
                postgres = EmbeddedDatabase.startTemporary();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return postgres;
    }

    /** Makes an empty database on {@link #postgres()} that no other test has, and returns its name. */
    public static String freshDatabase() throws SQLException {
        String name = uniqueName("db");
        postgres().createDatabase(name);
        return name;
    }

    /** A name that no other caller in this JVM gets: for databases, captures and runs. */
    public static String uniqueName(String prefix) {
        return prefix + "_" + SERIAL.incrementAndGet();
    }
}
