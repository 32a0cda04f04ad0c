package dev.understudy.pgwire.value;

import dev.understudy.pgwire.value.Value.Geometry.Shape;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Geometric values in the binary format: float8s in the order of the text. A path has a byte before them that is 1 if it
 * is closed; a path and a polygon then have the count of points as int32.
 */
final class GeometryBinary {
    private static final int POINT_LENGTH = 16;

    private GeometryBinary() {}

    static @Nullable Value fixed(Shape shape, int count, ByteBuf bytes) {
        return bytes.readableBytes() == count * Double.BYTES ? numbers(shape, bytes, bytes.readerIndex()) : null;
    }

    static @Nullable Value path(ByteBuf bytes) {
        if (bytes.readableBytes() < 1) {
            return null;
        }
        return switch (bytes.getByte(bytes.readerIndex())) {
            case 0 -> points(Shape.OPEN_PATH, bytes, 1);
            case 1 -> points(Shape.CLOSED_PATH, bytes, 1);
            default -> null;
        };
    }

    static @Nullable Value polygon(ByteBuf bytes) {
        return points(Shape.POLYGON, bytes, 0);
    }

    private static @Nullable Value points(Shape shape, ByteBuf bytes, int at) {
        int rest = bytes.readableBytes() - at - Integer.BYTES;
        if (rest < 0) {
            return null;
        }
        long points = bytes.getInt(bytes.readerIndex() + at);
        return points < 1 || points * POINT_LENGTH != rest
                ? null
                : numbers(shape, bytes, bytes.readerIndex() + at + Integer.BYTES);
    }

    private static Value numbers(Shape shape, ByteBuf bytes, int from) {
        List<Double> numbers = new ArrayList<>((bytes.writerIndex() - from) / Double.BYTES);
        for (int at = from; at < bytes.writerIndex(); at += Double.BYTES) {
            numbers.add(bytes.getDouble(at));
        }
        return new Value.Geometry(shape, numbers);
    }
}
