package dev.understudy.replay.generated;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.value.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts other values in their places in a request; lengths of parameters and messages follow. */
final class RequestSplice {
    private static final int ROOM = 64;

    private final ByteBuf request;
    private final TreeMap<Integer, Piece> pieces = new TreeMap<>();

    private record Piece(Use use, ByteBuf bytes) {}

    /** For a request, borrowed: whole frames. */
    RequestSplice(ByteBuf request) {
        this.request = request;
    }

    /** Puts values in a use's place, as many as it has; false, and nothing done, where they do not fit there. */
    boolean put(Use use, List<Value> values) {
        ByteBuf bytes = Unpooled.buffer(ROOM);
        ByteBuf replaced = request.slice(request.readerIndex() + use.start(), use.end() - use.start());
        boolean array = use.form() == Form.BINARY_ARRAY || use.form() == Form.TEXT_ARRAY;
        boolean fits = array
                ? KeyValues.writeArray(bytes, values, use.form(), replaced)
                : KeyValues.write(bytes, values.get(0), use.form(), replaced.readableBytes());
        if (fits) {
            pieces.put(use.start(), new Piece(use, bytes));
        }
        return fits;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The request with what was put; a new unpooled heap buffer. */
    ByteBuf done() {
        ByteBuf out = Unpooled.buffer(request.readableBytes() + ROOM * pieces.size());
        int first = request.readerIndex();
        int copied = first;
        for (FrameCursor frame = new FrameCursor(request); frame.next(); ) {
            int length = out.writerIndex() + frame.start() - copied + 1;
            Map<Integer, Piece> inside = pieces.subMap(frame.start() - first, frame.end() - first);
            if (inside.isEmpty()) {
                continue;
            }
            for (Piece piece : inside.values()) {
                out.writeBytes(request, copied, first + piece.use().start() - copied);
                if (piece.use().sized()) {
                    out.setInt(out.writerIndex() - Integer.BYTES, piece.bytes().readableBytes());
                }
                out.writeBytes(piece.bytes());
                copied = first + piece.use().end();
            }
            out.writeBytes(request, copied, frame.end() - copied);
            copied = frame.end();
            out.setInt(length, out.writerIndex() - length);
        }
        out.writeBytes(request, copied, request.writerIndex() - copied);
        return out;
    }
}
