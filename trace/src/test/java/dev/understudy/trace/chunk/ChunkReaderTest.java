package dev.understudy.trace.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.trace.Values;
import dev.understudy.trace.entry.Heartbeat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is wrong with a chunk is said by name, at its place. */
class ChunkReaderTest {
    private static final int FIRST_ENTRY = Envelope.PREFIX_BYTES + ChunkWriter.HEADER_BYTES;

    private final ByteBuf chunk = heartbeat();

    @Test
    void readsABufferWhoseReaderIndexIsNotZero() {
        ByteBuf shifted = Unpooled.buffer().writeZero(7).writeBytes(chunk.duplicate());
        shifted.readerIndex(7);
        assertThat(ChunkReader.read(shifted)).isEqualTo(ChunkReader.read(chunk));
        assertThat(shifted.readerIndex()).isEqualTo(7);
    }

    @Test
    void readsABufferThatIsNotOnTheHeap() {
        ByteBuf direct = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(chunk.duplicate());
        assertThat(ChunkReader.read(direct)).isEqualTo(ChunkReader.read(chunk));
        direct.release();
    }

    @Test
    void namesTheVersionThatItDoesNotKnow() {
        rejects(
                bytes -> bytes.setByte(4, 2),
                "chunk format version 2: this build reads version 1; use a newer understudy");
        rejects(
                bytes -> bytes.setByte(4, 0),
                "chunk format version 0: this build reads version 1; use another understudy");
    }

    @Test
    void namesWhatIsNoChunk() {
        rejects(bytes -> bytes.setInt(0, 0x55544f42), "chunk: expected magic=0x55544348, found 0x55544f42");
        rejects(bytes -> bytes.writerIndex(15), "chunk: expected at least 16 bytes, found 15 bytes");
    }

    @Test
    void namesALengthThatIsNotThere() {
        int length = chunk.readableBytes();
        rejects(
                bytes -> bytes.writerIndex(length - 1),
                "chunk: expected length=" + length + " as its prefix says, found " + (length - 1) + " bytes");
        rejects(bytes -> bytes.setInt(8, -1), "chunk: expected a body of less than 2 GiB, found 4294967295 bytes");
        rejects(bytes -> bytes.setInt(8, Integer.MAX_VALUE), "chunk: expected a body of less than 2 GiB");
        rejects(bytes -> bytes.writeByte(0), "as its prefix says");
    }

    @Test
    void namesAWrongChecksum() {
        rejects(bytes -> bytes.setByte(FIRST_ENTRY, 1), "chunk: expected checksum=0x");
    }

    @Test
    void rejectsEncryptedBodiesAndFlagsOfLaterTimes() {
        rejects(bytes -> seal(bytes, Envelope.ENCRYPTED), "chunk: expected an unencrypted body");
        rejects(bytes -> seal(bytes, Envelope.DEFLATED), "chunk: expected flags=0 at most, found flags=2");
        rejects(bytes -> seal(bytes, 0x80), "chunk: expected flags=0 at most, found flags=128");
    }

    @Test
    void namesAnUnknownEntryAndItsPlace() {
        rejects(
                bytes -> {
                    bytes.setByte(FIRST_ENTRY + 1, 15);
                    seal(bytes, 0);
                },
                "chunk: expected an entry of type 1 to 14, not 15, at byte 95");
    }

    @Test
    void namesACountOfEntriesThatCannotBe() {
        for (int count : new int[] {-1, 1000, Integer.MAX_VALUE}) {
            rejects(
                    bytes -> {
                        bytes.setInt(44, count);
                        seal(bytes, 0);
                    },
                    "chunk: expected entries of at least 3 bytes each, but the header counts " + count);
        }
        rejects(
                bytes -> {
                    bytes.setInt(44, 0);
                    seal(bytes, 0);
                },
                "chunk: expected the end of the last entry (");
    }

    @Test
    void namesAnEntryThatIsLongerThanItsFields() {
        rejects(
                bytes -> {
                    bytes.setByte(FIRST_ENTRY, bytes.getByte(FIRST_ENTRY) + 1);
                    bytes.writeByte(0);
                    seal(bytes, 0);
                },
                "chunk: expected the end of the entry (1 bytes are left)");
    }

    private void rejects(Consumer<ByteBuf> change, String message) {
        ByteBuf changed = Unpooled.buffer(chunk.readableBytes() + 8).writeBytes(chunk.duplicate());
        change.accept(changed);
        assertThatThrownBy(() -> ChunkReader.read(changed))
                .isInstanceOf(ChunkFormatException.class)
                .hasMessageContaining(message);
    }

    private static void seal(ByteBuf bytes, int flags) {
        byte[] whole = new byte[bytes.readableBytes()];
        bytes.getBytes(0, whole);
        Envelope.seal(whole, Envelope.Kind.CHUNK, flags, ChunkWriter.HEADER_BYTES, new CRC32C());
        bytes.setBytes(0, whole);
    }

    private static ByteBuf heartbeat() {
        ChunkWriter writer = new ChunkWriter(ChunkWriter.MIN_BYTES);
        writer.add(new Heartbeat(0, 1, 2, 2, 0, 0, 0, 1, false));
        return writer.close(ChunkProperties.header(new Values(new Random(3))));
    }
}
