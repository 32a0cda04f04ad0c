package dev.understudy.replay.recorder;

import dev.understudy.trace.ProducerSettings;
import dev.understudy.trace.TopicNames;
import dev.understudy.trace.catalog.CatalogReader;
import dev.understudy.trace.entry.Access;
import dev.understudy.trace.entry.CatalogEntry;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.Skip;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records a trace. Its methods and its clients' may be called by any thread. */
public final class TraceRecorder {
    /** The wall clock, microseconds since 1970, at the monotonic clock's zero. */
    public static final long WALL_AT_ZERO_MICROS = 1_700_000_000_000_000L;

    private final String capture;
    private final List<Lane> lanes = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private final long[] recorded;
    private final long[] lost;
    private final long[] skipped;
    private long counter;
    private int sessions;

    public TraceRecorder(String capture, int lanes, int chunkBytes) {
        this.capture = capture;
        this.recorded = new long[lanes];
        this.lost = new long[lanes];
        this.skipped = new long[lanes];
        UUID agent = UUID.randomUUID();
        for (int lane = 0; lane < lanes; lane++) {
            this.lanes.add(new Lane(agent, lane, lanes, chunkBytes, () -> counter));
        }
    }

    /** Writes the captured database's catalog. */
    public synchronized TraceRecorder catalog(Connection connection) throws SQLException {
        add(0, new CatalogEntry(counter, CatalogReader.read(connection)));
        return this;
    }

    /** Lets some numbers pass as a full buffer would. */
    public synchronized void lose(int exchanges) {
        long from = counter + 1;
        counter += exchanges;
        lost[0] += exchanges;
        add(
                0,
                new Gap(
                        counter,
                        0,
                        Gap.Reason.BUFFER_FULL,
                        List.of(new NumberRange(from, counter)),
                        exchanges,
                        1000,
                        Access.WRITE,
                        false));
    }

    /** Lets some numbers pass as a filter would. */
    public synchronized void skip(int exchanges) {
        long from = counter + 1;
        counter += exchanges;
        skipped[0] += exchanges;
        add(
                0,
                new Skip(
                        counter,
                        0,
                        Skip.Policy.SAMPLED_OUT,
                        List.of(new NumberRange(from, counter)),
                        exchanges,
                        1000,
                        Access.READ));
    }

    /** Opens a session on a server that trusts everybody. */
    public RecordedClient open(String host, int port, Map<String, String> startup) throws IOException {
        int serial;
        synchronized (this) {
            serial = ++sessions;
        }
        return new RecordedClient(
                this, SessionIds.of(1, serial), (serial - 1) % lanes.size(), host, port, startup, true);
    }

    /** Opens a session of which nothing is recorded until its {@link RecordedClient#snapshot}. */
    public RecordedClient openBefore(String host, int port, Map<String, String> startup) throws IOException {
        int serial;
        synchronized (this) {
            serial = ++sessions;
        }
        RecordedClient client = new RecordedClient(
                this, SessionIds.of(1, serial), (serial - 1) % lanes.size(), host, port, startup, false);
        client.pauseRecording();
        return client;
    }

    public synchronized void add(int lane, Entry entry) {
        lanes.get(lane).add(entry);
    }

    public synchronized long counter() {
        return counter;
    }

    synchronized long tick() {
        return ++counter;
    }

    long nanos() {
        return System.nanoTime() - startNanos;
    }

    Lane lane(int lane) {
        return lanes.get(lane);
    }

    void counted(int lane) {
        recorded[lane]++;
    }

    /** Closes every lane's chunk, so that what is open is recorded as begun. */
    public synchronized void closeChunks() {
        lanes.forEach(Lane::closeChunk);
    }

    /** Numbers given out so far. */
    public synchronized long ticks() {
        return counter;
    }

    /** Closes the trace and writes it to Kafka. */
    public synchronized void publish(String bootstrapServers) throws Exception {
        for (int lane = 0; lane < lanes.size(); lane++) {
            add(
                    lane,
                    new Heartbeat(
                            counter,
                            WALL_AT_ZERO_MICROS + nanos() / 1000,
                            recorded[lane] + lost[lane] + skipped[lane],
                            recorded[lane],
                            skipped[lane],
                            lost[lane],
                            0,
                            0,
                            true));
            lanes.get(lane).closeChunk();
        }
        String topic = TopicNames.trace(capture);
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(lanes.size()), Optional.empty())))
                    .all()
                    .get();
        }
        Map<String, Object> written = new HashMap<>(ProducerSettings.REQUIRED);
        written.putAll(kafka);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(written, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int lane = 0; lane < lanes.size(); lane++) {
                for (byte[] chunk : lanes.get(lane).chunks()) {
                    sent.add(producer.send(new ProducerRecord<>(topic, lane, null, chunk)));
                }
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
    }
}
