package dev.understudy.capture.tap;

import java.util.Queue;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one event loop: its whole buffer. The loop takes free pages and hands over full ones, the recorder takes
 * full ones and gives them back; neither ever waits for the other. Memory is taken when it is first needed, up to the
 * bound, so that a recorder that keeps up keeps few pages warm.
 */
public final class TapPages {
    private final Queue<TapPage> free;
    private final Queue<TapPage> full;
    private final int maxPages;
    private final int pageBytes;
    private int allocated;

    /** At most {@code maxPages} pages of {@code pageBytes}, outside the heap. */
    public TapPages(int maxPages, int pageBytes) {
        this.maxPages = maxPages;
        this.pageBytes = pageBytes;
        free = new SpscArrayQueue<>(maxPages);
        full = new SpscArrayQueue<>(maxPages);
    }

    int pageBytes() {
        return pageBytes;
    }

    /** For the loop: a free page, null if the bound is reached and the recorder has not given one back. */
    @Nullable TapPage takeFree() {
        TapPage page = free.poll();
        if (page == null && allocated < maxPages) {
            allocated++;
            page = new TapPage(pageBytes);
        }
        return page;
    }

    /** For the loop: at least how many pages are free. */
    int freePages() {
        return free.size() + maxPages - allocated;
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
