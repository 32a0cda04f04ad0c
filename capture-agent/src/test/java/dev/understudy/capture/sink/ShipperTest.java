package dev.understudy.capture.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.capture.spool.Chunks;
import dev.understudy.capture.spool.Spool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipperTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Shipper shipper;
    private Thread thread;

    private void start(Spool spool, java.util.function.Supplier<ChunkSink> sinks, int maxInFlight) {
        shipper = new Shipper(spool, sinks, maxInFlight);
        thread = new Thread(shipper);
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        shipper.stop();
        thread.join();
    }

    private static void append(Spool spool, int count) throws Exception {
        for (int seq = 0; seq < count; seq++) {
            assertThat(spool.lane(0).tryReserve()).isTrue();
            spool.lane(0).append(Chunks.chunk(seq, 1000));
        }
    }

    /** Takes chunks until it fails, at random; what it took stays taken. */
    private static ChunkSink unreliable(List<Long> taken, Random random) {
        return new ChunkSink() {
            @Override
            public void send(int lane, byte[] chunk, Receipt receipt) {
                switch (random.nextInt(8)) {
                    case 0 -> receipt.failed(new IllegalStateException("not taken"));
                    case 1 -> {
                        take(chunk);
                        receipt.failed(new IllegalStateException("taken, but nobody knows"));
                    }
                    case 2 -> throw new IllegalStateException("cannot even be sent");
                    default -> {
                        take(chunk);
                        receipt.acknowledged();
                    }
                }
            }

            private void take(byte[] chunk) {
                synchronized (taken) {
                    taken.add(Chunks.seq(chunk));
                }
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void everyChunkArrivesAndNoneBeforeTheOneBeforeIt() throws Exception {
        List<Long> taken = new ArrayList<>();
        Random random = new Random(7);
        try (Spool spool = Spool.open(directory, 1, 64 << 20)) {
            append(spool, 40);
            start(spool, () -> unreliable(taken, random), 1 << 20);
            await().atMost(SOON.multipliedBy(3)).until(spool::isSettled);
            long highest = -1;
            for (long seq : taken) {
                assertThat(seq).as("in %s", taken).isLessThanOrEqualTo(highest + 1);
                highest = Math.max(highest, seq);
            }
            assertThat(highest).isEqualTo(39);
        }
    }

    @Test
    void whatIsInFlightIsBounded() throws Exception {
        List<ChunkSink.Receipt> receipts = new ArrayList<>();
        try (Spool spool = Spool.open(directory, 1, 64 << 20)) {
            append(spool, 40);
            start(
                    spool,
                    () -> new ChunkSink() {
                        @Override
                        public void send(int lane, byte[] chunk, Receipt receipt) {
                            synchronized (receipts) {
                                receipts.add(receipt);
                            }
                        }

                        @Override
                        public void close() {}
                    },
                    5000);
            await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> size(receipts) == 5);
            synchronized (receipts) {
                receipts.get(0).acknowledged();
            }
            await().atMost(SOON).until(() -> size(receipts) == 6);
            assertThat(shipper.acknowledged()).isEqualTo(1);
        }
    }

    private static int size(List<?> list) {
        synchronized (list) {
            return list.size();
        }
    }

    @Test
    void sinkThatCannotBeOpenedIsAskedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<Long> taken = new ArrayList<>();
        try (Spool spool = Spool.open(directory, 1, 64 << 20)) {
            append(spool, 3);
            start(
                    spool,
                    () -> {
                        if (asked.incrementAndGet() < 3) {
                            throw new IllegalStateException("no sink");
                        }
                        return new ChunkSink() {
                            @Override
                            public void send(int lane, byte[] chunk, Receipt receipt) {
                                taken.add(Chunks.seq(chunk));
                                receipt.acknowledged();
                            }

                            @Override
                            public void close() {}
                        };
                    },
                    1 << 20);
            await().atMost(SOON).until(spool::isSettled);
            assertThat(taken).containsExactly(0L, 1L, 2L);
        }
    }
}
