package dev.understudy.trace.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.Values;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Splitting, interleaving, writing, reading and joining gives back what was there. */
class PartProperties {
    private static final int SESSIONS = 4;

    @Property(tries = 200)
    void interleavedSessionsComeBackWhole(@ForAll long seed) {
        Values values = new Values(new Random(seed));
        ChunkWriter writer = new ChunkWriter(ChunkWriter.MIN_BYTES);
        List<Deque<Entry>> split = new ArrayList<>();
        List<Entry> whole = new ArrayList<>();
        for (int session = 1; session <= SESSIONS; session++) {
            Deque<Entry> pieces = new ArrayDeque<>();
            for (int ordinal = 0; ordinal < 3; ordinal++) {
                Entry entry = exchange(values, new ExchangeId(session, ordinal));
                whole.add(entry);
                pieces.addAll(Parts.split(entry, writer.maxEntryBytes()));
            }
            split.add(pieces);
        }

        List<Entry> joined = join(written(writer, interleaved(values, split)), new PartAssembler(1 << 20));

        assertThat(joined).containsExactlyInAnyOrderElementsOf(whole);
    }

    @Property(tries = 200)
    void begunAndDoneBecomeOneExchange(@ForAll long seed) {
        Values values = new Values(new Random(seed));
        ChunkWriter writer = new ChunkWriter(ChunkWriter.MIN_BYTES);
        List<Deque<Entry>> split = new ArrayList<>();
        List<Entry> expected = new ArrayList<>();
        for (int session = 1; session <= SESSIONS; session++) {
            Exchange exchange = exchange(values, new ExchangeId(session, 7));
            int cut = values.below(exchange.request().readableBytes() + 1);
            int reads = 1 + values.below(exchange.segments().size());
            Begun begun = new Begun(
                    values.any(),
                    exchange.id(),
                    exchange.before(),
                    exchange.segments().subList(0, reads),
                    exchange.request().slice(0, cut),
                    0);
            Done done = new Done(
                    exchange.counter(),
                    exchange.id(),
                    exchange.doneNo(),
                    exchange.flags(),
                    exchange.segments().subList(reads, exchange.segments().size()),
                    exchange.request().slice(cut, exchange.request().readableBytes() - cut),
                    0,
                    exchange.answer());
            Deque<Entry> pieces = new ArrayDeque<>(Parts.split(begun, writer.maxEntryBytes()));
            pieces.addAll(Parts.split(done, writer.maxEntryBytes()));
            split.add(pieces);
            expected.add(begun);
            expected.add(exchange);
        }
        ExchangeAssembler assembler = new ExchangeAssembler(1 << 20);
        List<Entry> out = new ArrayList<>();
        for (Entry entry : written(writer, interleaved(values, split))) {
            Entry next = assembler.accept(entry);
            if (next != null) {
                out.add(next);
            }
        }

        assertThat(out).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(assembler.open()).isEmpty();
        assertThat(assembler.droppedParts()).isZero();
    }

    @Property(tries = 200)
    void whatIsSplitFitsAndNothingElseIsSplit(@ForAll long seed) {
        Values values = new Values(new Random(seed));
        ChunkWriter writer = new ChunkWriter(ChunkWriter.MIN_BYTES);
        Exchange exchange = exchange(values, new ExchangeId(values.any(), values.naturalLong()));
        List<Entry> split = Parts.split(exchange, writer.maxEntryBytes());
        for (Entry entry : split) {
            assertThat(writer.add(entry)).isTrue();
            writer.close(ChunkProperties.header(values));
        }
        if (exchange.request().readableBytes() + exchange.answer().frames().readableBytes() < 1000
                && exchange.segments().size() < 10) {
            assertThat(split).containsExactly(exchange);
        }
    }

    /** Short, long in its request, its answer, its segments, or all of them. */
    private static Exchange exchange(Values values, ExchangeId id) {
        List<Segment> segments = new ArrayList<>();
        int count = values.below(5) == 0 ? 2000 : 1 + values.below(3);
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(values.natural(), values.any(), values.any(), values.any()));
        }
        Answer answer =
                new Answer(frames(values), 0, List.of(), values.texts(), values.status(), values.any(), values.any());
        return new Exchange(
                values.any(), id, values.any(), values.status(), Set.of(), segments, frames(values), 0, answer);
    }

    private static ByteBuf frames(Values values) {
        int[] lengths = {0, 20, 100, 3000, 4000, 5000, 20_000};
        byte[] content = new byte[lengths[values.below(lengths.length)]];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) values.below(256);
        }
        return Unpooled.wrappedBuffer(content);
    }

    private static List<Entry> interleaved(Values values, List<Deque<Entry>> sessions) {
        List<Entry> order = new ArrayList<>();
        List<Deque<Entry>> left = new ArrayList<>(sessions);
        while (!left.isEmpty()) {
            Deque<Entry> session = left.get(values.below(left.size()));
            order.add(session.remove());
            left.removeIf(Deque::isEmpty);
        }
        return order;
    }

    private static List<Entry> written(ChunkWriter writer, List<Entry> entries) {
        List<Entry> read = new ArrayList<>();
        ChunkHeader header = ChunkProperties.header(new Values(new Random(0)));
        for (Entry entry : entries) {
            if (!writer.add(entry)) {
                read.addAll(ChunkReader.read(writer.close(header)).entries());
                assertThat(writer.add(entry)).isTrue();
            }
        }
        read.addAll(ChunkReader.read(writer.close(header)).entries());
        return read;
    }

    private static List<Entry> join(List<Entry> entries, PartAssembler assembler) {
        List<Entry> joined = new ArrayList<>();
        for (Entry entry : entries) {
            Entry next = assembler.accept(entry);
            if (next != null) {
                joined.add(next);
            }
        }
        assertThat(assembler.heldBytes()).isZero();
        assertThat(assembler.dropped()).isZero();
        return joined;
    }
}
