package dev.understudy.capture.tap;

import java.util.Queue;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one event loop: its whole buffer, fixed at the start. The loop takes free pages and hands over full
 * ones, the recorder takes full ones and gives them back; neither ever waits for the other.
 */
public final class TapPages {
    private final Queue<TapPage> free;
    private final Queue<TapPage> full;
    private final int pageBytes;

    /** Allocates {@code count} pages of {@code pageBytes} outside the heap. */
    public TapPages(int count, int pageBytes) {
        this.pageBytes = pageBytes;
        free = new SpscArrayQueue<>(count);
        full = new SpscArrayQueue<>(count);
        for (int i = 0; i < count; i++) {
            free.add(new TapPage(pageBytes));
        }
    }

    int pageBytes() {
        return pageBytes;
    }

    /** For the loop: a free page, null if the recorder has not given one back. */
    @Nullable TapPage takeFree() {
        return free.poll();
    }

    /** For the loop: at least how many pages are free. */
    int freePages() {
        return free.size();
    }

    /** For the loop. */
    void handOver(TapPage page) {
        full.add(page);
    }

    /** For the recorder. */
    @Nullable TapPage pollFull() {
        return full.poll();
    }

    /** For the recorder. */
    void giveBack(TapPage page) {
        page.clear();
        free.add(page);
    }

    /** Frees the memory, once loop and recorder have both ended. */
    public void release() {
        for (Queue<TapPage> queue : java.util.List.of(free, full)) {
            for (TapPage page = queue.poll(); page != null; page = queue.poll()) {
                page.bytes.release();
            }
        }
    }
}
