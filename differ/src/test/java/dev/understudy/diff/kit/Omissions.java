package dev.understudy.diff.kit;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What a recording keeps of a result that it leaves out, written after {@link Omission}'s own definition. */
public final class Omissions {
    private static final int BYTES = 16;

    private Omissions() {}

    /** Of every row or copied line of that answer. */
    public static Omission of(ByteBuf answer) {
        MessageDigest ordered = sha256();
        BigInteger sum = BigInteger.ZERO;
        int frames = 0;
        for (FrameCursor frame = new FrameCursor(answer.slice()); frame.next(); ) {
            if (frame.type() == BackendType.DATA_ROW || frame.type() == BackendType.COPY_DATA) {
                byte[] hash = Arrays.copyOf(sha256().digest(ByteBufUtil.getBytes(frame.body())), BYTES);
                ordered.update(hash);
                sum = sum.add(new BigInteger(1, hash));
                frames++;
            }
        }
        byte[] bytes = sum.mod(BigInteger.ONE.shiftLeft(8 * BYTES)).toByteArray();
        byte[] unordered = new byte[BYTES];
        int length = Math.min(BYTES, bytes.length);
        System.arraycopy(bytes, bytes.length - length, unordered, BYTES - length, length);
        return new Omission(
                0,
                frames,
                0,
                frames,
                Unpooled.wrappedBuffer(Arrays.copyOf(ordered.digest(), BYTES)),
                Unpooled.wrappedBuffer(unordered));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
