package dev.understudy.replay.source;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of a trace is in memory: read and not yet written as an outcome. The reader takes, whoever ends an exchange
 * gives back. Safe for use by several threads.
 */
public final class MemoryWindow {
    private static final int OVERSHOOT = 2;
    /** What is read ahead of need is a part of the window only: the longer objects live, the more it costs to collect. */
    private static final int AHEAD_PART = 8;

    private final long limitBytes;
    private final AtomicLong usedBytes = new AtomicLong();
    private volatile boolean starving;

    /** An empty window of this many bytes. */
    public MemoryWindow(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes room; never refuses, the reader asks {@link #isFull} before it reads on. */
    public void take(long bytes) {
        usedBytes.addAndGet(bytes);
    }

    /** Gives room back. */
    public void release(long bytes) {
        usedBytes.addAndGet(-bytes);
    }

    /** How much is taken. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /** Whether enough has been read ahead. */
    public boolean isFull() {
        return usedBytes.get() > limitBytes / AHEAD_PART;
    }

    /** Whether even what may be read to end a standstill has been used up. */
    boolean isOverfull() {
        return usedBytes.get() > OVERSHOOT * limitBytes;
    }

    /**
     * Says whether nothing can be sent until more has been read: then the reader goes on, beyond the limit if need be. It
     * does one thing each time that this is said.
     */
    public void starving(boolean now) {
        starving = now;
    }

    /** Something has been done about it. */
    void fed() {
        starving = false;
    }

    /** Whether somebody said so. */
    public boolean isStarving() {
        return starving;
    }
}
