package dev.understudy.trace.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.trace.Values;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.RandomEntries;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChunkProperties {
    private final ChunkWriter writer = new ChunkWriter(Chunk.MAX_BYTES);

    @Property
    void whatWasWrittenIsRead(@ForAll long seed) {
        List<Entry> entries = RandomEntries.list(seed, 20);
        ChunkHeader header = header(new Values(new Random(seed)));

        Chunk chunk = ChunkReader.read(write(header, entries));

        assertThat(chunk.header()).isEqualTo(header);
        assertThat(chunk.entries()).isEqualTo(entries);
    }

    @Property(tries = 300)
    void everyKindComesBack(@ForAll long seed, @ForAll @IntRange(min = 0, max = 13) int kind) {
        Values values = new Values(new Random(seed));
        Entry entry = RandomEntries.KINDS.get(kind).apply(values);

        Chunk chunk = ChunkReader.read(write(header(values), List.of(entry, entry)));

        assertThat(chunk.entries()).containsExactly(entry, entry);
    }

    @Property(tries = 300)
    void aFullChunkKeepsWhatItHad(@ForAll long seed) {
        ChunkWriter small = new ChunkWriter(ChunkWriter.MIN_BYTES);
        Values values = new Values(new Random(seed));
        List<Entry> written = new ArrayList<>();
        Entry next = RandomEntries.exchange(values);
        int before = small.bytes();
        try {
            while (small.add(next)) {
                written.add(next);
                before = small.bytes();
                next = RandomEntries.any(values);
            }
        } catch (IllegalArgumentException tooLong) {
            assertThat(written).isEmpty();
        }
        assertThat(small.bytes()).isEqualTo(before).isLessThanOrEqualTo(ChunkWriter.MIN_BYTES);
        assertThat(small.entries()).isEqualTo(written.size());
        ByteBuf chunk = small.close(header(values));
        assertThat(chunk.readableBytes()).isEqualTo(before);
        assertThat(ChunkReader.read(chunk).entries()).isEqualTo(written);
    }

    @Property(tries = 300)
    void chunksBackToBackAreTakenApartByTheirLength(@ForAll long seed) {
        Values values = new Values(new Random(seed));
        ByteBuf first = write(header(values), RandomEntries.list(seed, 5));
        ByteBuf second = write(header(values), RandomEntries.list(seed + 1, 5));
        ByteBuf both = Unpooled.wrappedBuffer(first, second).copy();

        ByteBuf read = both.readSlice(ChunkReader.length(both));

        assertThat(read).isEqualTo(first);
        assertThat(both).isEqualTo(second);
    }

    @Property(tries = 50)
    void everyTruncationIsRejected(@ForAll long seed) {
        ByteBuf whole = write(header(new Values(new Random(seed))), RandomEntries.list(seed, 4));
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf cut = whole.copy(0, length);
            assertThatThrownBy(() -> ChunkReader.read(cut)).isInstanceOf(ChunkFormatException.class);
        }
    }

    @Property(tries = 50)
    void everyFlippedByteIsRejected(@ForAll long seed) {
        ByteBuf whole = write(header(new Values(new Random(seed))), RandomEntries.list(seed, 4));
        Random random = new Random(seed);
        for (int at = 0; at < whole.readableBytes(); at++) {
            ByteBuf flipped = whole.copy();
            flipped.setByte(at, flipped.getByte(at) ^ 1 + random.nextInt(255));
            assertThatThrownBy(() -> ChunkReader.read(flipped)).isInstanceOf(ChunkFormatException.class);
        }
    }

    /** Behind a right checksum, a wrong body is still either read or rejected, and costs no more than its bytes. */
    @Property(tries = 300)
    void aLyingBodyIsRejectedOrRead(@ForAll long seed) {
        ByteBuf whole = write(header(new Values(new Random(seed))), RandomEntries.list(seed, 4));
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] lying = bytes(whole);
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                lying[Envelope.PREFIX_BYTES + random.nextInt(lying.length - Envelope.PREFIX_BYTES)] =
                        (byte) (random.nextBoolean() ? 0xff : random.nextInt());
            }
            Envelope.seal(lying, Envelope.Kind.CHUNK, 0, ChunkWriter.HEADER_BYTES, new CRC32C());
            try {
                assertThat(ChunkReader.read(Unpooled.wrappedBuffer(lying)).entries())
                        .isNotNull();
            } catch (ChunkFormatException rejected) {
                assertThat(rejected).hasMessageStartingWith("chunk: expected ");
            }
        }
    }

    private ByteBuf write(ChunkHeader header, List<Entry> entries) {
        for (Entry entry : entries) {
            assertThat(writer.add(entry)).isTrue();
        }
        return writer.close(header);
    }

    static ChunkHeader header(Values v) {
        return new ChunkHeader(
                new UUID(v.any(), v.any()),
                v.anyInt(),
                v.anyInt(),
                v.anyInt(),
                v.any(),
                v.any(),
                v.any(),
                v.any(),
                v.any(),
                v.anyInt());
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] copy = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), copy);
        return copy;
    }
}
