package dev.understudy.trace.run;

import dev.understudy.trace.chunk.ChunkFormatException;
import dev.understudy.trace.chunk.Envelope;
import dev.understudy.trace.chunk.WireReader;
import dev.understudy.trace.chunk.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The bytes of a run's control topic.
 *
 * <p>An entry is an {@link Envelope} whose header is one byte, the entry's type (1 start, 2 end, 3
 * comparison of state, 4 origins of views, 5 stamps of the copies), and whose body is
 * drawn at RunCodec and StateCodec. The body is deflated (zlib), since catalogs are long and repeat themselves.
 */
public final class ControlCodec {
    /** The bound for an entry's body before it is deflated. */
    public static final int MAX_BYTES = 256 << 20;

    private static final int HEADER_BYTES = 1;
    private static final int BODY_AT = Envelope.PREFIX_BYTES + HEADER_BYTES;
    private static final int START = 1;
    private static final int END = 2;
    private static final int STATE = 3;
    private static final int VIEWS = 4;
    private static final int STAMPS = 5;
    private static final int FIRST_BUFFER_BYTES = 64 * 1024;
    private static final int STEP_BYTES = 16 * 1024;

    private ControlCodec() {}

    /**
     * Encodes an entry into an unpooled heap buffer that is the caller's.
     *
     * @throws IllegalArgumentException if it would exceed {@link #MAX_BYTES}
     */
    public static ByteBuf write(ControlEntry entry) {
        WireWriter out = new WireWriter(FIRST_BUFFER_BYTES, MAX_BYTES);
        out.transaction(() -> {
            if (entry instanceof RunStart start) {
                RunCodec.writeStart(out, start);
            } else if (entry instanceof RunEnd end) {
                RunCodec.writeEnd(out, end);
            } else if (entry instanceof StateComparison state) {
                StateCodec.write(out, state);
            } else if (entry instanceof ViewOrigins origins) {
                StateCodec.write(out, origins);
            } else if (entry instanceof CopyStamps stamps) {
                StateCodec.write(out, stamps);
            }
        });
        byte[] deflated = deflate(out.copy(0));
        byte[] whole = new byte[BODY_AT + deflated.length];
        whole[Envelope.PREFIX_BYTES] = (byte) type(entry);
        System.arraycopy(deflated, 0, whole, BODY_AT, deflated.length);
        Envelope.seal(whole, Envelope.Kind.CONTROL, Envelope.DEFLATED, HEADER_BYTES, new CRC32C());
        return Unpooled.wrappedBuffer(whole);
    }

    /**
     * Reads one entry.
     *
     * @param bytes borrowed; its indexes stay as they are
     * @throws ChunkFormatException for an unknown version, a wrong checksum, or anything cut off
     */
    public static ControlEntry read(ByteBuf bytes) {
        Envelope.Opened opened = Envelope.open(Envelope.Kind.CONTROL, bytes, HEADER_BYTES);
        int type = opened.header().u8("type");
        WireReader body = opened.body();
        if ((opened.flags() & Envelope.DEFLATED) != 0) {
            body = new WireReader(Envelope.Kind.CONTROL.title() + " (inflated)", inflate(body.rest()));
        }
        ControlEntry entry = switch (type) {
            case START -> RunCodec.readStart(body);
            case END -> RunCodec.readEnd(body);
            case STATE -> StateCodec.read(body);
            case VIEWS -> StateCodec.readOrigins(body);
            case STAMPS -> StateCodec.readStamps(body);
            default -> throw opened.header().expected("type 1 to 5, not " + type + ",");
        };
        body.expectEnd("the entry");
        return entry;
    }

    private static int type(ControlEntry entry) {
        if (entry instanceof RunStart) {
            return START;
        }
        if (entry instanceof RunEnd) {
            return END;
        }
        return entry instanceof StateComparison ? STATE : entry instanceof ViewOrigins ? VIEWS : STAMPS;
    }

    private static byte[] deflate(byte[] body) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(body);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(STEP_BYTES);
            byte[] step = new byte[STEP_BYTES];
            while (!deflater.finished()) {
                out.write(step, 0, deflater.deflate(step));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static ByteBuf inflate(ByteBuf body) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
            ByteArrayOutputStream out = new ByteArrayOutputStream(STEP_BYTES);
            byte[] step = new byte[STEP_BYTES];
            while (!inflater.finished()) {
                int length = inflater.inflate(step);
                if (length == 0 && !inflater.finished() || out.size() > MAX_BYTES - length) {
                    throw new ChunkFormatException(Envelope.Kind.CONTROL.title()
                            + ": expected a whole deflated body of at most " + MAX_BYTES + " bytes, found "
                            + (length == 0 ? "one cut off after " + out.size() : "more"));
                }
                out.write(step, 0, length);
            }
            if (inflater.getRemaining() > 0) {
                throw new ChunkFormatException(Envelope.Kind.CONTROL.title()
                        + ": expected the end of the deflated body, found " + inflater.getRemaining() + " bytes more");
            }
            return Unpooled.wrappedBuffer(out.toByteArray());
        } catch (DataFormatException e) {
            throw new ChunkFormatException(
                    Envelope.Kind.CONTROL.title() + ": expected a deflated body, found " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
