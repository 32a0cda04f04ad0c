package dev.understudy.diff.compare;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Hashes of rows, to find candidates with: 64 bits, of which equal rows have the same. */
final class RowHashing {
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private RowHashing() {}

    /** Of a row's bytes. */
    static long of(ByteBuf bytes) {
        long hash = BASIS;
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ bytes.getLong(at));
        }
        for (; at < end; at++) {
            hash = (hash ^ bytes.getByte(at)) * PRIME;
        }
        return mix(hash);
    }

    /** Of a row's values. */
    static long of(List<Object> values) {
        long hash = BASIS;
        for (Object value : values) {
            hash = mix(hash ^ value.hashCode());
        }
        return hash;
    }

    /** The finaliser of MurmurHash3. */
    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
