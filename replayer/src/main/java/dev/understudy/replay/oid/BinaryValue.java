package dev.understudy.replay.oid;

import dev.understudy.replay.oid.TypeStructures.Structure;
import io.netty.buffer.ByteBuf;

/** Walks a value in binary and says where OIDs of types stand in it. A value that is not whole ends the walk. */
final class BinaryValue {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_DIMENSIONS = 6;
    private static final int NULL = -1;
    private static final int RANGE_EMPTY = 0x01;
    private static final int RANGE_LOWER_INFINITE = 0x08;
    private static final int RANGE_UPPER_INFINITE = 0x10;

    private final TypeStructures types;
    private final ByteBuf bytes;
    private final OidPlaces places;

    /** Hears where in the buffer a type's OID stands. */
    interface OidPlaces {
        void typeAt(int index, int oid);
    }

    BinaryValue(TypeStructures types, ByteBuf bytes, OidPlaces places) {
        this.types = types;
        this.bytes = bytes;
        this.places = places;
    }

    void walk(int from, int end, int type) {
        walk(from, end, type, 0);
    }

    private void walk(int from, int end, int type, int depth) {
        Structure structure = types.of(type);
        if (depth > MAX_DEPTH) {
            return;
        }
        switch (structure.kind()) {
            case PLAIN -> {}
            case ARRAY -> array(from, end, depth);
            case COMPOSITE -> composite(from, end, depth);
            case RANGE -> range(from, end, structure.member(), depth);
            case MULTIRANGE -> multirange(from, end, structure.member(), depth);
        }
    }

    private void array(int from, int end, int depth) {
        if (end - from < 12) {
            return;
        }
        int dimensions = bytes.getInt(from);
        int element = bytes.getInt(from + 8);
        places.typeAt(from + 8, element);
        if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
            return;
        }
        int at = from + 12 + 8 * dimensions;
        while (at >= 0 && end - at >= 4) {
            at = member(at, end, element, depth);
        }
    }

    private void composite(int from, int end, int depth) {
        int at = from + 4;
        while (at >= 0 && end - at >= 8) {
            int type = bytes.getInt(at);
            places.typeAt(at, type);
            at = member(at + 4, end, type, depth);
        }
    }

    private void range(int from, int end, int bound, int depth) {
        if (end - from < 1) {
            return;
        }
        int flags = bytes.getByte(from);
        int at = from + 1;
        if ((flags & RANGE_EMPTY) == 0 && (flags & RANGE_LOWER_INFINITE) == 0) {
            at = member(at, end, bound, depth);
        }
        if (at >= 0 && (flags & RANGE_EMPTY) == 0 && (flags & RANGE_UPPER_INFINITE) == 0) {
            member(at, end, bound, depth);
        }
    }

    private void multirange(int from, int end, int range, int depth) {
        int at = from + 4;
        while (at >= 0 && end - at >= 4) {
            at = member(at, end, range, depth);
        }
    }

    /** A length and so many bytes; where they end, -1 if that is beyond the value. */
    private int member(int at, int end, int type, int depth) {
        if (end - at < 4) {
            return -1;
        }
        int length = bytes.getInt(at);
        int start = at + 4;
        if (length == NULL) {
            return start;
        }
        if (length < 0 || length > end - start) {
            return -1;
        }
        walk(start, start + length, type, depth + 1);
        return start + length;
    }
}
