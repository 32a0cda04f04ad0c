package dev.understudy.trace.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.understudy.trace.Values;
import dev.understudy.trace.entry.Async;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Part;
import dev.understudy.trace.entry.SampleEntries;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkWriterTest {
    private final ChunkWriter writer = new ChunkWriter(ChunkWriter.MIN_BYTES);

    @Test
    void takesNoBoundsButThoseOfAChunk() {
        assertThatThrownBy(() -> new ChunkWriter(ChunkWriter.MIN_BYTES - 1))
                .hasMessage("maxBytes=4095: expected 4096 to 524288");
        assertThatThrownBy(() -> new ChunkWriter(Chunk.MAX_BYTES + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEntryThatFitsNoChunkIsAnError() {
        Async async = async(ChunkWriter.MIN_BYTES);
        assertThatThrownBy(() -> writer.add(async))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("entry=Async: expected at most maxEntryBytes=4001; split it by Parts");
        assertThat(writer.add(async(10))).isTrue();
        assertThat(writer.add(async)).isFalse();
    }

    @Test
    void theLargestEntryFitsExactly() {
        int bytes = writer.maxEntryBytes();
        int fields = 1 + 1 + 1 + 1 + 2;
        assertThat(writer.add(async(bytes - fields))).isTrue();
        assertThat(writer.bytes()).isLessThanOrEqualTo(ChunkWriter.MIN_BYTES);
        assertThat(ChunkReader.read(writer.close(ChunkProperties.header(new Values(new Random(1)))))
                        .entries())
                .hasSize(1);
    }

    /** The entry's length takes 1, 2 or 3 bytes; the writer moves the entry where it guessed wrong. */
    @Test
    void entriesOfEveryLengthComeBack() {
        ChunkWriter large = new ChunkWriter(Chunk.MAX_BYTES);
        for (int length : new int[] {0, 100, 121, 122, 123, 128, 16_370, 16_377, 16_378, 16_379, 20_000}) {
            Part part = new Part(0, new ExchangeId(1, 1), Part.Of.REQUEST, 0, Unpooled.wrappedBuffer(new byte[length]));
            assertThat(large.add(part)).isTrue();
            assertThat(large.add(async(1))).isTrue();
            assertThat(ChunkReader.read(large.close(ChunkProperties.header(new Values(new Random(1)))))
                            .entries())
                    .containsExactly(part, async(1));
        }
    }

    /** {@code add} is on the recorder's hot path. */
    @Test
    void addingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ChunkWriter large = new ChunkWriter(Chunk.MAX_BYTES);
        Entry exchange = SampleEntries.exchanges().get(0);
        // What adding allocates it allocates in each round; what the JVM does for itself, it does once.
        long allocated = Long.MAX_VALUE;
        int added = 0;
        for (int round = 0; round < 5; round++) {
            large.close(ChunkProperties.header(new Values(new Random(1))));
            long before = threads.getCurrentThreadAllocatedBytes();
            added = fill(large, exchange);
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(added).isGreaterThan(3000);
        assertThat(allocated).isZero();
        assertThat(large.bytes() / added)
                .as("bytes of an exchange beside its frames")
                .isLessThan(framesOf((Exchange) exchange) + 40);
    }

    private static int fill(ChunkWriter writer, Entry entry) {
        int added = 0;
        while (writer.add(entry)) {
            added++;
        }
        return added;
    }

    private static int framesOf(Exchange exchange) {
        return exchange.request().readableBytes() + exchange.answer().frames().readableBytes();
    }

    @Test
    void aChunkWithoutEntriesIsAChunk() {
        ChunkHeader header = ChunkProperties.header(new Values(new Random(1)));
        assertThat(ChunkReader.read(writer.close(header))).isEqualTo(new Chunk(header, java.util.List.of()));
    }

    private static Async async(int bytes) {
        return new Async(0, 0, 0, Unpooled.wrappedBuffer(new byte[bytes]));
    }
}
