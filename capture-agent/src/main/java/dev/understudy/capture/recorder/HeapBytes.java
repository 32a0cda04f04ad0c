package dev.understudy.capture.recorder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Growing heap buffers that are left to the garbage collector and give large memory back when cleared. */
final class HeapBytes {
    private static final UnpooledByteBufAllocator MEMORY = new UnpooledByteBufAllocator(false, true);
    private static final int INITIAL_BYTES = 256;
    private static final int RETAINED_BYTES = 16 * 1024;

    private HeapBytes() {}

    static ByteBuf buffer() {
        return MEMORY.heapBuffer(INITIAL_BYTES);
    }

    static void clear(ByteBuf bytes) {
        bytes.clear();
        if (bytes.capacity() > RETAINED_BYTES) {
            bytes.capacity(INITIAL_BYTES);
        }
    }
}
