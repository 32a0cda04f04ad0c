package dev.understudy.capture.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.capture.OnFull;
import dev.understudy.capture.RecordedTrace;
import dev.understudy.capture.session.Conversation;
import dev.understudy.capture.spool.SpoolWriter;
import dev.understudy.capture.tap.LoopTap;
import dev.understudy.capture.tap.SessionRegistry;
import dev.understudy.capture.tap.SessionTap;
import dev.understudy.capture.tap.TapPages;
import dev.understudy.capture.tap.TapReader;
import dev.understudy.capture.tap.TapWriter;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.StartupPacket.StartupMessage;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkReader;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/**
 * The whole way of a recording, from reads cut anywhere to chunks, on one thread: lanes, sessions, page ends, flushes
 * and shortages in random order. Whatever happens, every number is told once, and what is told is what was said.
 */
class PipelineProperties {
    private static final int EPOCH = 7;
    private static final int PAGE_BYTES = 2048;
    private static final int CHUNK_BYTES = 4096;

    private static final class World {
        final Random random;
        final ManualClock clock = new ManualClock();
        final PlainCounter counter = new PlainCounter();
        final LossBook losses = new LossBook();
        final SessionRegistry registry = new SessionRegistry();
        final List<Lane> lanes = new ArrayList<>();
        final List<Session> sessions = new ArrayList<>();
        final boolean starving;
        final boolean refusing;
        final boolean garbage;

        World(Random random, boolean starving, boolean refusing, boolean garbage) {
            this.random = random;
            this.starving = starving;
            this.refusing = refusing;
            this.garbage = garbage;
            int count = 1 + random.nextInt(2);
            for (int lane = 0; lane < count; lane++) {
                lanes.add(new Lane(this, lane, count));
            }
        }

        void run() {
            int most = 1 + random.nextInt(6);
            while (sessions.size() < most || sessions.stream().anyMatch(session -> !session.ended)) {
                int what = random.nextInt(10);
                if (what == 0 && sessions.size() < most) {
                    sessions.add(new Session(this, lanes.get(random.nextInt(lanes.size()))));
                } else if (what == 1) {
                    lanes.get(random.nextInt(lanes.size())).loopFlushes();
                } else if (what == 2 || !starving && what == 3) {
                    lanes.get(random.nextInt(lanes.size())).recorderReads();
                } else if (what == 4) {
                    clock.advance(random.nextInt(300));
                } else if (!sessions.isEmpty()) {
                    sessions.get(random.nextInt(sessions.size())).step();
                }
            }
            lanes.forEach(Lane::close);
        }

        RecordedTrace trace() {
            return new RecordedTrace(lanes.stream()
                    .map(lane -> lane.chunks.stream()
                            .map(bytes -> ChunkReader.read(Unpooled.wrappedBuffer(bytes)))
                            .toList())
                    .map(chunks -> (List<Chunk>) chunks)
                    .toList());
        }
    }

    private static final class Lane implements SpoolWriter {
        final World world;
        final TapPages pages;
        final TapReader reader;
        final LoopTap tap;
        final LaneRecorder recorder;
        final List<byte[]> chunks = new ArrayList<>();
        boolean closing;

        Lane(World world, int lane, int count) {
            this.world = world;
            pages = new TapPages(world.starving ? 2 : 64, PAGE_BYTES);
            reader = new TapReader(pages);
            tap = new LoopTap(
                    new TapWriter(pages, world.counter), world.counter, world.clock, world.registry, Runnable::run);
            recorder = new LaneRecorder(
                    new LaneIdentity(new UUID(1, 2), EPOCH, lane, count),
                    new RecorderSettings(300, 16 << 10, CHUNK_BYTES, 100_000_000, 500_000_000, OnFull.GAP),
                    this,
                    world.losses,
                    world.clock,
                    0);
        }

        void loopFlushes() {
            tap.writer().flush();
        }

        void recorderReads() {
            reader.poll(recorder);
        }

        void close() {
            int rounds = 0;
            do {
                assertThat(rounds++)
                        .as("rounds until everything is handed over")
                        .isLessThan(10_000);
                loopFlushes();
                while (reader.poll(recorder)) {
                    world.clock.advance(10);
                }
            } while (!tap.writer().isDrained());
            loopFlushes();
            while (reader.poll(recorder)) {
                world.clock.advance(10);
            }
            closing = true;
            for (int i = 0; !recorder.close() && i < 3; i++) {
                world.clock.advance(1000);
            }
            pages.release();
        }

        @Override
        public boolean tryReserve() {
            return !world.refusing || world.random.nextInt(4) > 0;
        }

        @Override
        public void reserveAnyway() {}

        @Override
        public void append(ByteBuf chunk) throws IOException {
            if (world.refusing && !closing && world.random.nextInt(6) == 0) {
                throw new IOException("no space left on device");
            }
            chunks.add(ByteBufUtil.getBytes(chunk));
        }
    }

    private static final class Session {
        final World world;
        final Conversation conversation;
        final SessionTap tap;
        boolean ready;
        boolean ended;
        boolean garbled;

        Session(World world, Lane lane) {
            this.world = world;
            conversation = new Conversation(world.random);
            tap = new SessionTap(
                    lane.tap, new StartupMessage(3, 0, Map.of("user", "u")), "client", "server", world.counter.get());
        }

        void step() {
            if (ended) {
                return;
            }
            if (!ready) {
                ready = tap.serverRead(Conversation.startupAnswer(world.random.nextInt(1000) + 1));
                return;
            }
            if (world.garbage && world.random.nextInt(100) == 0) {
                garbled = true;
                tap.clientRead(Unpooled.wrappedBuffer(new byte[] {'~', 0, 0, 0, 4}));
            }
            ByteBuf bytes;
            switch (world.random.nextInt(3)) {
                case 0 -> {
                    bytes = conversation.clientRead();
                    assertThat(tap.clientRead(bytes)).isEqualTo(bytes.readableBytes());
                }
                case 1 -> conversation.serverWorks();
                default -> {
                    bytes = conversation.serverRead();
                    tap.serverRead(bytes);
                }
            }
            if (conversation.isOver() || world.random.nextInt(200) == 0) {
                ended = true;
                tap.ended(SessionEnd.Reason.CLIENT_CLOSED);
            }
        }
    }

    @Property(tries = 400)
    void everyNumberIsToldOnceWhateverHappens(
            @ForAll long seed, @ForAll boolean starving, @ForAll boolean refusing, @ForAll boolean garbage) {
        World world = new World(new Random(seed), starving, refusing, garbage);
        world.run();
        RecordedTrace trace = world.trace();
        assertThat(trace.problemsUpTo(world.counter.get())).isEmpty();
        LaneLedger sum =
                world.lanes.stream().map(lane -> lane.recorder.ledger()).reduce(LaneLedger.EMPTY, Sums::plus);
        assertThat(sum.forwarded()).isEqualTo(sum.recorded() + sum.lost() + sum.opaque());
        assertThat(sum.failures()).isZero();
        assertThat(trace.exchanges()).hasSize((int) sum.recorded());
        assertThat(trace.all(Heartbeat.class)).allMatch(Heartbeat::isBalanced);
        long told = trace.all(Gap.class).stream()
                .filter(gap -> !gap.opaque())
                .mapToLong(Gap::exchanges)
                .sum();
        assertThat(told).isEqualTo(sum.lost());
        if (!starving && !refusing) {
            assertThat(sum.lost()).isZero();
        }
        whatIsToldIsWhatWasSaid(world, trace);
        Statistics.label("lost").collect(sum.lost() > 0);
    }

    private static void whatIsToldIsWhatWasSaid(World world, RecordedTrace trace) {
        Map<Long, Session> bySerial = new HashMap<>();
        for (Session session : world.sessions) {
            bySerial.put((long) EPOCH << 32 | session.tap.serial(), session);
        }
        for (Exchange exchange : trace.exchanges()) {
            Session session = bySerial.get(exchange.id().session());
            if (session.garbled) {
                continue;
            }
            Conversation said = session.conversation;
            int ordinal = (int) exchange.id().ordinal();
            boolean brokenOff = exchange.flags().contains(ExchangeFlag.BROKEN_OFF);
            if (!brokenOff) {
                int whole = said.request(ordinal).length() / 2;
                assertThat(ByteBufUtil.hexDump(exchange.request(), 0, whole))
                        .as("request of %s", exchange.id())
                        .isEqualTo(said.request(ordinal));
                FrameCursor behind = new FrameCursor(
                        exchange.request().slice(whole, exchange.request().readableBytes() - whole));
                assertThat(behind.next())
                        .as("at most a frame cut off, where it had gone into a part")
                        .isFalse();
            }
            if (!brokenOff && exchange.answer().omissions().isEmpty()) {
                assertThat(ByteBufUtil.hexDump(exchange.answer().frames()))
                        .as("answer of %s", exchange.id())
                        .isEqualTo(said.answer(ordinal));
            }
        }
    }
}
