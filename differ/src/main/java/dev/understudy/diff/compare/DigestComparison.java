package dev.understudy.diff.compare;

import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** Compares a result that was recorded as digest with one that is whole. */
final class DigestComparison {
    private static final int HASH_BYTES = 16;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * HASH_BYTES);

    /** What digests can tell. */
    enum Finding {
        /** The same frames in the same order. */
        SAME,
        /** The same frames in another order. */
        REORDERED,
        /** Other frames. */
        DIFFERENT
    }

    private DigestComparison() {}

    /** Holds a digest against the bodies of all frames of the other side's result. */
    static Finding compare(Omission recorded, List<ByteBuf> bodies) {
        MessageDigest frameDigest = sha256();
        MessageDigest ordered = sha256();
        BigInteger sum = BigInteger.ZERO;
        for (ByteBuf body : bodies) {
            frameDigest.update(body.nioBuffer());
            byte[] hash = Arrays.copyOf(frameDigest.digest(), HASH_BYTES);
            ordered.update(hash);
            sum = sum.add(new BigInteger(1, hash));
        }
        byte[] orderedDigest = Arrays.copyOf(ordered.digest(), HASH_BYTES);
        if (Arrays.equals(orderedDigest, ByteBufUtil.getBytes(recorded.orderedDigest()))) {
            return Finding.SAME;
        }
        BigInteger unordered = new BigInteger(1, ByteBufUtil.getBytes(recorded.unorderedDigest()));
        return unordered.equals(sum.mod(MODULUS)) ? Finding.REORDERED : Finding.DIFFERENT;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
