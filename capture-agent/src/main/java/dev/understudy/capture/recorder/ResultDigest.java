package dev.understudy.capture.recorder;

import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The digests of one result, frame by frame, as {@link Omission} defines them. Reusable; belongs to one thread.
 */
final class ResultDigest {
    /** Bytes of a frame's hash and of either digest. */
    static final int HASH_BYTES = 16;

    private static final int SHA_BYTES = 32;

    private final MessageDigest frame = sha256();
    private final MessageDigest ordered = sha256();
    private final byte[] hash = new byte[SHA_BYTES];
    private long sumHigh;
    private long sumLow;

    void reset() {
        frame.reset();
        ordered.reset();
        sumHigh = 0;
        sumLow = 0;
    }

    /** Bytes of the body of the frame under way; borrowed. */
    void body(ByteBuf bytes, int index, int length) {
        if (bytes.hasArray()) {
            frame.update(bytes.array(), bytes.arrayOffset() + index, length);
        } else {
            frame.update(bytes.nioBuffer(index, length));
        }
    }

    /** The frame under way is over. */
    void frameEnd() {
        try {
            frame.digest(hash, 0, SHA_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256: expected " + SHA_BYTES + " bytes to suffice", e);
        }
        ordered.update(hash, 0, HASH_BYTES);
        ByteBuffer numbers = ByteBuffer.wrap(hash);
        long high = numbers.getLong();
        long low = numbers.getLong();
        sumLow += low;
        sumHigh += high + (Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0);
    }

    /** The first 16 bytes of SHA-256 over the concatenated frame hashes. */
    ByteBuf ordered() {
        return Unpooled.wrappedBuffer(Arrays.copyOf(ordered.digest(), HASH_BYTES));
    }

    /** The sum of the frame hashes modulo 2^128, big-endian. */
    ByteBuf unordered() {
        return Unpooled.buffer(HASH_BYTES).writeLong(sumHigh).writeLong(sumLow);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
