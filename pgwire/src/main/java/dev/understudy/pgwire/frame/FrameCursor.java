package dev.understudy.pgwire.frame;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over whole frames in a buffer that holds them end to end, as a trace keeps them.
 *
 * <pre>{@code
 * for (FrameCursor frame = new FrameCursor(answer); frame.next(); ) {
 *     switch (frame.type()) { … frame.body() … }
 * }
 * }</pre>
 *
 * <p>Borrows the buffer (readerIndex to writerIndex); moves no indexes of it. A frame that is cut off at the end of the
 * buffer is not returned; {@link #isCutOff()} tells. Belongs to one thread.
 */
public final class FrameCursor {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final ByteBuf buf;
    /** The buffer's bytes where it is on the heap, as a trace is: read without a look at its reference count each time. */
    private final byte @Nullable [] array;
    /** Where the buffer's index 0 is in it. */
    private final int base;

    private final int limit;
    private int nextFrame;
    private int frameStart;
    private int frameEnd;

    /** Starts before the first frame of {@code buf}. */
    public FrameCursor(ByteBuf buf) {
        this.buf = buf;
        this.array = buf.hasArray() ? buf.array() : null;
        this.base = array == null ? 0 : buf.arrayOffset();
        this.nextFrame = buf.readerIndex();
        this.limit = buf.writerIndex();
    }

    /** Steps to the next whole frame. */
    public boolean next() {
        if (limit - nextFrame < MessageWalker.HEADER_LENGTH) {
            return false;
        }
        long length = array == null ? buf.getInt(nextFrame + 1) : (int) INT.get(array, base + nextFrame + 1);
        if (length < 4 || nextFrame + 1 + length > limit) {
            return false;
        }
        frameStart = nextFrame;
        frameEnd = (int) (nextFrame + 1 + length);
        nextFrame = frameEnd;
        return true;
    }

    /** The current frame's type byte. */
    public byte type() {
        return array == null ? buf.getByte(frameStart) : array[base + frameStart];
    }

    /** The buffer index of the current frame's type byte. */
    public int start() {
        return frameStart;
    }

    /** The buffer index just behind the current frame. */
    public int end() {
        return frameEnd;
    }

    /** The length of the current frame's body in bytes. */
    public int bodyLength() {
        return frameEnd - frameStart - MessageWalker.HEADER_LENGTH;
    }

    /** A view of the current frame's body, with its own indexes; shares the bytes, retains nothing. */
    public ByteBuf body() {
        return buf.slice(frameStart + MessageWalker.HEADER_LENGTH, bodyLength());
    }

    /** A view of the whole current frame, header included; shares the bytes, retains nothing. */
    public ByteBuf frame() {
        return buf.slice(frameStart, frameEnd - frameStart);
    }

    /** After {@link #next} answered {@code false}: whether bytes are left that are no whole frame. */
    public boolean isCutOff() {
        return nextFrame < limit;
    }
}
