package dev.understudy.capture.tap;

import io.netty.buffer.ByteBuf;

/**
 * The numbers that an event loop lost while no page was free, as ranges, until a page takes them. Belongs to its loop.
 *
 * <p>It holds at most {@link #MAX_RANGES} ranges (16 bytes each). Should a recorder stand still for longer than that,
 * the newest range is widened over numbers of other loops; the ledger then says so, and the audit does not close.
 */
final class LossLedger {
    /** Bytes of one range in a page. */
    static final int RANGE_LENGTH = 2 * Long.BYTES;

    static final int MAX_RANGES = 1 << 20;
    private static final int NO_SESSION = 0;

    private long[] ranges = new long[64];
    private int size;
    private int serial;
    private long exchanges;
    private long bytes;

    boolean isEmpty() {
        return size == 0 && bytes == 0;
    }

    long exchanges() {
        return exchanges;
    }

    long bytes() {
        return bytes;
    }

    int ranges() {
        return size;
    }

    /** The session that lost all of it, 0 if several did. */
    int serial() {
        return serial;
    }

    /** A number that no record carries: an exchange's, or ({@code exchange} false) a session's start or end. */
    void add(int ofSerial, long number, boolean exchange, long lostBytes) {
        serial = isEmpty() || serial == ofSerial ? ofSerial : NO_SESSION;
        exchanges += exchange ? 1 : 0;
        bytes += lostBytes;
        if (size > 0 && (ranges[2 * size - 1] == number - 1 || size == MAX_RANGES)) {
            ranges[2 * size - 1] = number;
            return;
        }
        if (2 * size == ranges.length) {
            ranges = java.util.Arrays.copyOf(ranges, ranges.length * 2);
        }
        ranges[2 * size] = number;
        ranges[2 * size + 1] = number;
        size++;
    }

    /**
     * Moves the first {@code count} ranges into a page.
     *
     * @return how many of the lost exchanges go with them
     */
    long moveTo(ByteBuf page, int count) {
        long numbers = 0;
        for (int i = 0; i < count; i++) {
            page.writeLong(ranges[2 * i]);
            page.writeLong(ranges[2 * i + 1]);
            numbers += ranges[2 * i + 1] - ranges[2 * i] + 1;
        }
        System.arraycopy(ranges, 2 * count, ranges, 0, 2 * (size - count));
        size -= count;
        long moved = Math.min(numbers, exchanges);
        exchanges -= moved;
        bytes = 0;
        return moved;
    }
}
