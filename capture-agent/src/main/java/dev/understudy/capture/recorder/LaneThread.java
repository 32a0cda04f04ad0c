package dev.understudy.capture.recorder;

import dev.understudy.capture.tap.TapReader;
import dev.understudy.trace.entry.Entry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lane's recorder thread: reads pages as they come, and looks up now and then. */
public final class LaneThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneThread.class);

    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final TapReader reader;
    private final LaneRecorder recorder;
    /** Entries of the agent's own: a handful in a capture's life. */
    private final Queue<LongFunction<Entry>> own = new ConcurrentLinkedQueue<>();

    private volatile boolean closing;
    private volatile boolean closed;

    /** A thread's work for one lane. */
    public LaneThread(TapReader reader, LaneRecorder recorder) {
        this.reader = reader;
        this.recorder = recorder;
    }

    /** Adds an entry of the agent's own, such as a catalog. Any thread may call it. */
    public void add(LongFunction<Entry> entryAtCounter) {
        own.add(entryAtCounter);
    }

    /** The loop has handed over its last page: ends {@link #run} once it is read. Any thread may call it. */
    public void close() {
        closing = true;
    }

    /** Whether the lane was closed in good order, all of it in the spool. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void run() {
        boolean last = false;
        while (!last) {
            last = closing;
            while (poll()) {
                addOwn();
            }
            addOwn();
            if (!last) {
                LockSupport.parkNanos(IDLE_NANOS);
            }
        }
        try {
            closed = recorder.close();
        } catch (RuntimeException e) {
            LOG.error("the lane could not be closed: its end will be told as an unclean death", e);
        }
    }

    private boolean poll() {
        try {
            return reader.poll(recorder);
        } catch (RuntimeException e) {
            LOG.error("a page of records could not be read to its end", e);
            return true;
        }
    }

    private void addOwn() {
        for (LongFunction<Entry> entry = own.poll(); entry != null; entry = own.poll()) {
            try {
                recorder.add(entry);
            } catch (RuntimeException e) {
                LOG.error("an entry of the agent's own could not be recorded", e);
            }
        }
    }
}
