package dev.understudy.capture.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.capture.counter.SharedCounter;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.capture.tap.TapPages;
import dev.understudy.lab.LabServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whatever breaks in recording, the client's bytes flow. */
class FailOpenIT {
    /** A counter that works for a while. */
    private static final class Failing implements SharedCounter {
        private final AtomicLong value = new AtomicLong();
        private final long until;

        Failing(long until) {
            this.until = until;
        }

        @Override
        public long get() {
            if (value.get() >= until) {
                throw new IllegalStateException("the counter is gone");
            }
            return value.get();
        }

        @Override
        public long increment() {
            get();
            return value.incrementAndGet();
        }
    }

    private static void work(int port, String database) throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 20; i++) {
                try (ResultSet rows = statement.executeQuery("SELECT " + i)) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void counterThatFailsInTheMiddleOfASession() throws Exception {
        String database = LabServers.freshDatabase();
        for (long until : new long[] {1, 7}) {
            TapPages pages = new TapPages(4, 256 * 1024);
            ProxyServer proxy = new ProxyServer(
                    Transport.best(),
                    LabServers.postgres().connectionInfo(database),
                    List.of(pages),
                    new Failing(until),
                    TapClock.system(),
                    Duration.ofHours(1),
                    false);
            proxy.listen("127.0.0.1", 0);
            work(proxy.port(), database);
            proxy.close(Duration.ofMillis(100));
            pages.release();
        }
    }

    @Test
    void recorderThatNeverReads() throws Exception {
        String database = LabServers.freshDatabase();
        TapPages pages = new TapPages(2, 16 * 1024);
        AtomicLong counter = new AtomicLong();
        SharedCounter plain = new SharedCounter() {
            @Override
            public long get() {
                return counter.get();
            }

            @Override
            public long increment() {
                return counter.incrementAndGet();
            }
        };
        ProxyServer proxy = new ProxyServer(
                Transport.best(),
                LabServers.postgres().connectionInfo(database),
                List.of(pages),
                plain,
                TapClock.system(),
                Duration.ofMillis(10),
                false);
        proxy.listen("127.0.0.1", 0);
        for (int i = 0; i < 50; i++) {
            work(proxy.port(), database);
        }
        assertThat(counter.get()).as("every exchange still has its number").isGreaterThanOrEqualTo(50 * 22);
        proxy.close(Duration.ofMillis(100));
        pages.release();
    }
}
