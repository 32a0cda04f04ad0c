package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.capture.sink.ChunkSink;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Omission;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionSnapshot;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens at the bounds: large values, a store that is down, a full spool. */
class BoundsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String KILOBYTES = "SELECT repeat('x', 900), 'row ' || g FROM generate_series(1, 100) g";

    @TempDir
    Path dataDir;

    private static CaptureConfig small(CaptureConfig config, OnFull onFull) {
        return config.withLanes(1)
                .withOnFull(onFull)
                .withLimits(config.limits()
                        .withSpoolBytes(2 << 20)
                        .withFlushInterval(Duration.ofMillis(20))
                        .withDrainTimeout(Duration.ofSeconds(3)));
    }

    /** More than the spool of {@link #small} takes. */
    private static void flood(RawClient client) throws Exception {
        for (int i = 0; i < 60; i++) {
            client.query(KILOBYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 1 << 20})
    void largeResultsKeepTheirHeadAndTheDigestOfAll(int maxResult) throws Exception {
        try (AgentUnderTest agent = AgentUnderTest.start(
                dataDir, config -> config.withLimits(config.limits().withMaxResultBytes(maxResult)))) {
            byte[] received;
            try (RawClient client = agent.login()) {
                client.query("SELECT repeat('y', 2000), g FROM generate_series(1, 2000) g; SELECT 'short'");
                received = client.received.toByteArray();
            }
            RecordedTrace trace = agent.finish();
            Exchange exchange = trace.exchanges().get(0);
            assertThat(exchange.flags()).contains(ExchangeFlag.DIGESTED);
            assertThat(exchange.answer().tags()).containsExactly("SELECT 2000", "SELECT 1");
            Omission omission = exchange.answer().omissions().get(0);
            Wire wire = Wire.of(received, 2000);
            assertThat(omission.totalFrames()).isEqualTo(2000);
            assertThat(ByteBufUtil.getBytes(omission.orderedDigest())).isEqualTo(wire.ordered);
            assertThat(ByteBufUtil.getBytes(omission.unorderedDigest())).isEqualTo(wire.unordered);
            ByteBuf kept = exchange.answer().frames();
            assertThat(kept.readableBytes() + omission.bytes())
                    .isEqualTo(received.length - (maxResult == 0 ? shortResult(exchange) : 0));
            ByteBuf whole = Unpooled.wrappedBuffer(received);
            assertThat(ByteBufUtil.equals(kept, 0, whole, 0, omission.answerOffset()))
                    .isTrue();
            int rest = kept.readableBytes() - omission.answerOffset();
            if (maxResult > 0) {
                assertThat(ByteBufUtil.equals(kept, omission.answerOffset(), whole, received.length - rest, rest))
                        .isTrue();
            }
        }
    }

    private static long shortResult(Exchange exchange) {
        return exchange.answer().omissions().get(1).bytes();
    }

    /** The digests of the first {@code rows} DataRows, computed the plain way. */
    private record Wire(byte[] ordered, byte[] unordered) {
        static Wire of(byte[] received, int rows) throws Exception {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            BigInteger sum = BigInteger.ZERO;
            int left = rows;
            for (FrameCursor frame = new FrameCursor(Unpooled.wrappedBuffer(received)); frame.next() && left > 0; ) {
                if (frame.type() == 'D') {
                    byte[] hash = Arrays.copyOf(sha.digest(ByteBufUtil.getBytes(frame.body())), 16);
                    all.update(hash);
                    sum = sum.add(new BigInteger(1, hash));
                    left--;
                }
            }
            byte[] modulo = sum.mod(BigInteger.ONE.shiftLeft(128)).toByteArray();
            byte[] unordered = new byte[16];
            int length = Math.min(16, modulo.length);
            System.arraycopy(modulo, modulo.length - length, unordered, 16 - length, length);
            return new Wire(Arrays.copyOf(all.digest(), 16), unordered);
        }
    }

    @Test
    void valueOfFiftyMegabytesStreamsThroughBothWays() throws Exception {
        int size = 50_000_000;
        try (AgentUnderTest agent = AgentUnderTest.start(
                dataDir, config -> config.withLimits(config.limits().withLoopBufferBytes(256 << 20)))) {
            try (RawClient client = agent.login()) {
                client.query("SELECT repeat('z', " + size + ")");
                assertThat(client.received.size()).isGreaterThan(size);
                client.query("SELECT length('" + "w".repeat(size) + "')");
            }
            RecordedTrace trace = agent.finish();
            assertThat(trace.all(Gap.class)).isEmpty();
            Exchange large = trace.exchanges().get(0);
            assertThat(large.answer().omissions()).hasSize(1);
            assertThat(large.answer().omissions().get(0).bytes()).isGreaterThan(size);
            assertThat(large.answer().frames().readableBytes()).isLessThan(1000);
            Exchange request = trace.exchanges().get(1);
            assertThat(request.request().readableBytes()).isGreaterThan(size);
            assertThat(request.answer().frames().toString(StandardCharsets.UTF_8))
                    .contains("50000000");
        }
    }

    @Test
    void storeThatIsDownForAWhileCostsNothing() throws Exception {
        try (AgentUnderTest agent = AgentUnderTest.start(dataDir)) {
            try (RawClient client = agent.login()) {
                client.query("SELECT 'before'");
                agent.store.down(true);
                for (int i = 0; i < 50; i++) {
                    client.query(KILOBYTES);
                }
                await().atMost(SOON).until(() -> agent.agent.ledger().spooledBytes() > 4_000_000);
                agent.store.down(false);
                client.query("SELECT 'after'");
            }
            await().atMost(SOON).until(() -> agent.agent.ledger().spooledBytes() < 100_000);
            RecordedTrace trace = agent.finish();
            assertThat(trace.all(Gap.class)).isEmpty();
            assertThat(trace.exchanges()).hasSize(52);
        }
    }

    @Test
    void fullSpoolMakesAGapAndRecordingResumesWithASnapshot() throws Exception {
        try (AgentUnderTest agent = AgentUnderTest.start(dataDir, config -> small(config, OnFull.GAP))) {
            try (RawClient client = agent.login()) {
                agent.store.down(true);
                flood(client);
                try (RawClient unseen = agent.login()) {
                    unseen.query("SELECT 'a whole session in the gap'");
                }
                await().atMost(SOON).until(() -> agent.agent.ledger().lost() > 0);
                agent.store.down(false);
                await().atMost(SOON).until(() -> agent.agent.ledger().spooledBytes() < 100_000);
                client.query("SELECT 'back'");
            }
            RecordedTrace trace = agent.finish();
            assertThat(agent.agent.ledger().lost()).isPositive();
            assertThat(trace.all(Gap.class)).allMatch(gap -> gap.reason() == Gap.Reason.SPOOL_FULL);
            assertThat(trace.all(Gap.class).stream().mapToLong(Gap::exchanges).sum())
                    .isEqualTo(agent.agent.ledger().lost());
            Exchange back = trace.exchanges().get(trace.exchanges().size() - 1);
            assertThat(back.request().toString(StandardCharsets.UTF_8)).contains("back");
            SessionSnapshot snapshot = trace.all(SessionSnapshot.class).stream()
                    .filter(each -> each.session() == back.id().session())
                    .reduce((first, last) -> last)
                    .orElseThrow();
            assertThat(snapshot.incomplete()).isTrue();
            assertThat(snapshot.nextOrdinal()).isEqualTo(back.id().ordinal());
            assertThat(snapshot.parameters()).containsKey("server_version");
            assertThat(trace.entries.indexOf(snapshot)).isLessThan(trace.entries.indexOf(back));
        }
    }

    @Test
    void stopMakesOneGapOfTheRest() throws Exception {
        try (AgentUnderTest agent = AgentUnderTest.start(dataDir, config -> small(config, OnFull.STOP))) {
            try (RawClient client = agent.login()) {
                agent.store.down(true);
                flood(client);
                await().atMost(SOON).until(() -> agent.agent.ledger().lost() > 0);
                agent.store.down(false);
                await().atMost(SOON).until(() -> agent.agent.ledger().spooledBytes() < 100_000);
                client.query("SELECT 'relayed all the same'");
                assertThat(client.received.toString(StandardCharsets.UTF_8)).contains("relayed all the same");
            }
            RecordedTrace trace = agent.finish();
            assertThat(trace.exchanges())
                    .noneMatch(each ->
                            each.request().toString(StandardCharsets.UTF_8).contains("relayed all"));
            assertThat(trace.all(Gap.class)).hasSize(1);
        }
    }

    @Test
    void blockMakesClientsWaitAndLosesNothing() throws Exception {
        try (AgentUnderTest agent = AgentUnderTest.start(dataDir, config -> {
            CaptureConfig small = small(config, OnFull.BLOCK);
            return small.withLimits(small.limits().withLoopBufferBytes(2 * CaptureLimits.PAGE_BYTES));
        })) {
            try (RawClient client = agent.login()) {
                agent.store.down(true);
                CompletableFuture<Void> flooding = CompletableFuture.runAsync(() -> {
                    try {
                        flood(client);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                await().atMost(SOON).until(() -> agent.agent.ledger().spooledBytes() > 1_000_000);
                await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> !flooding.isDone());
                agent.store.down(false);
                flooding.get(SOON.toSeconds(), TimeUnit.SECONDS);
                client.send(FrontendMessages::terminate);
                client.readToEnd();
            }
            RecordedTrace trace = agent.finish();
            assertThat(trace.all(Gap.class)).isEmpty();
            assertThat(trace.exchanges()).hasSize(60);
            assertThat(trace.all(SessionEnd.class)).hasSize(1);
        }
    }

    @Test
    void receiptsThatNeverComeHoldNobodyUp() throws Exception {
        MemoryTraceStore silent = new MemoryTraceStore() {
            @Override
            public ChunkSink open() {
                return new ChunkSink() {
                    @Override
                    public void send(int lane, byte[] chunk, Receipt receipt) {}

                    @Override
                    public void close() {}
                };
            }
        };
        try (AgentUnderTest agent = AgentUnderTest.start(dataDir, config -> small(config, OnFull.GAP), silent)) {
            try (RawClient client = agent.login()) {
                flood(client);
            }
            agent.agent.close();
            assertThat(agent.agent.ledger().isBalanced()).isTrue();
            assertThat(agent.agent.ledger().spooledBytes()).isPositive();
            assertThat(List.of(agent.agent.ledger().forwarded())).containsExactly(60L);
        }
    }
}
