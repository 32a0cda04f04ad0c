package dev.understudy.trace.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.zip.CRC32C;

/**
 * What stands around everything this module writes. All numbers are big-endian.
 *
 * <pre>
 *  byte
 *   0  4  magic, four letters by kind
 *   4  1  format version of the kind
 *   5  1  flags: bit 0 the body is encrypted (reserved: nothing writes it yet), bit 1 the body is deflated (control
 *         entries only); the others are 0
 *   6  2  H: length of the kind's header
 *   8  4  B: length of the body
 *  12  4  CRC32C of the bytes 0 to 11 and 16 to 16 + H + B
 *  16  H  the kind's header
 *      B  the body
 * </pre>
 *
 * For this module's codecs, not for others.
 */
public final class Envelope {
    /** The length of what stands before the kind's header. */
    public static final int PREFIX_BYTES = 16;
    /** Flag: the body is encrypted. */
    public static final int ENCRYPTED = 1;
    /** Flag: the body is deflated. */
    public static final int DEFLATED = 2;

    private static final int VERSION_AT = 4;
    private static final int FLAGS_AT = 5;
    private static final int HEADER_LENGTH_AT = 6;
    private static final int BODY_LENGTH_AT = 8;
    private static final int CHECKSUM_AT = 12;

    private Envelope() {}

    /** What an envelope may hold, with the newest version of its format; all from the first one on are read. */
    public enum Kind {
        /** A run of a lane's entries. */
        CHUNK("chunk", 0x55544348, 1, 0), // "UTCH"
        /** A run of a partition's outcomes. */
        OUTCOMES("outcome batch", 0x55544f42, 2, 0), // "UTOB"
        /** An entry of a run's control topic. */
        CONTROL("control entry", 0x5554434f, 1, DEFLATED); // "UTCO"

        private final String title;
        private final int magic;
        private final int version;
        private final int flags;

        Kind(String title, int magic, int version, int flags) {
            this.title = title;
            this.magic = magic;
            this.version = version;
            this.flags = flags;
        }

        /** The name for people. */
        public String title() {
            return title;
        }
    }

    /**
     * An envelope that holds what it should.
     *
     * @param version the version of its format
     * @param flags the flags
     * @param header the kind's header
     * @param body the body
     */
    public record Opened(int version, int flags, WireReader header, WireReader body) {}

    /** Writes prefix and checksum around a header and a body that stand in {@code whole} already. */
    public static void seal(byte[] whole, Kind kind, int flags, int headerBytes, CRC32C checksum) {
        ByteBuf out = Unpooled.wrappedBuffer(whole);
        out.setInt(0, kind.magic);
        out.setByte(VERSION_AT, kind.version);
        out.setByte(FLAGS_AT, flags);
        out.setShort(HEADER_LENGTH_AT, headerBytes);
        out.setInt(BODY_LENGTH_AT, whole.length - PREFIX_BYTES - headerBytes);
        out.setInt(CHECKSUM_AT, checksum(whole, 0, whole.length, checksum));
    }

    /**
     * Checks an envelope and opens it.
     *
     * @param bytes borrowed; the indexes stay as they are. Views stay valid only over an unpooled heap buffer
     * @param headerBytes the length of the kind's header
     * @throws ChunkFormatException for another kind, an unknown version or flag, a wrong length or checksum
     */
    public static Opened open(Kind kind, ByteBuf bytes, int headerBytes) {
        ByteBuf heap = bytes.hasArray() ? bytes : Unpooled.copiedBuffer(bytes);
        int length = length(kind, heap);
        int start = heap.readerIndex();
        if (length != heap.readableBytes()) {
            throw wrong(kind, "length=" + length + " as its prefix says", heap.readableBytes() + " bytes");
        }
        int headerLength = heap.getUnsignedShort(start + HEADER_LENGTH_AT);
        int stored = heap.getInt(start + CHECKSUM_AT);
        int computed = checksum(heap.array(), heap.arrayOffset() + start, length, new CRC32C());
        if (stored != computed) {
            throw wrong(kind, "checksum=" + hex(computed) + " by its bytes", hex(stored));
        }
        int flags = heap.getUnsignedByte(start + FLAGS_AT);
        if ((flags & ENCRYPTED) != 0) {
            throw wrong(kind, "an unencrypted body (this build reads no encrypted one)", "the flag for encryption");
        }
        if ((flags & ~kind.flags) != 0) {
            throw wrong(kind, "flags=" + kind.flags + " at most", "flags=" + flags);
        }
        if (headerLength != headerBytes) {
            throw wrong(kind, "a header of " + headerBytes + " bytes", headerLength + " bytes");
        }
        WireReader all = new WireReader(kind.title, heap);
        all.part(PREFIX_BYTES);
        WireReader header = all.part(headerBytes);
        return new Opened(heap.getUnsignedByte(start + VERSION_AT), flags, header, all);
    }

    /**
     * The length of the whole, as its first {@link #PREFIX_BYTES} say.
     *
     * @throws ChunkFormatException for another kind, an unknown version, or fewer bytes
     */
    static int length(Kind kind, ByteBuf bytes) {
        int start = bytes.readerIndex();
        if (bytes.readableBytes() < PREFIX_BYTES) {
            throw wrong(kind, "at least " + PREFIX_BYTES + " bytes", bytes.readableBytes() + " bytes");
        }
        int magic = bytes.getInt(start);
        if (magic != kind.magic) {
            throw wrong(kind, "magic=" + hex(kind.magic), hex(magic));
        }
        int version = bytes.getUnsignedByte(start + VERSION_AT);
        if (version < 1 || version > kind.version) {
            throw new ChunkFormatException(kind.title + " format version " + version + ": this build reads version "
                    + (kind.version > 1 ? "1 to " : "") + kind.version + "; use "
                    + (version > kind.version ? "a newer" : "another") + " understudy");
        }
        int headerLength = bytes.getUnsignedShort(start + HEADER_LENGTH_AT);
        int bodyLength = bytes.getInt(start + BODY_LENGTH_AT);
        if (bodyLength < 0 || bodyLength > Integer.MAX_VALUE - PREFIX_BYTES - headerLength) {
            throw wrong(kind, "a body of less than 2 GiB", Integer.toUnsignedString(bodyLength) + " bytes");
        }
        return PREFIX_BYTES + headerLength + bodyLength;
    }

    private static int checksum(byte[] bytes, int from, int length, CRC32C checksum) {
        checksum.reset();
        checksum.update(bytes, from, CHECKSUM_AT);
        checksum.update(bytes, from + PREFIX_BYTES, length - PREFIX_BYTES);
        return (int) checksum.getValue();
    }

    private static ChunkFormatException wrong(Kind kind, String expected, String found) {
        return new ChunkFormatException(kind.title + ": expected " + expected + ", found " + found);
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
