package dev.understudy.replay;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells a listener how a run goes, on a thread of its own, until closed; a last time then. */
final class Beat implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;
    /** How much the last interval counts for the rate by which the rest is reckoned: some ten intervals do. */
    private static final double SMOOTHING = 0.2;

    private final ReplayListener listener;
    private final RunCounters counters;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "understudy-progress");
        thread.setDaemon(true);
        return thread;
    });
    private long lastDone;
    private double smoothed;
    private long lastNanos = System.nanoTime();

    Beat(ReplayListener listener, RunCounters counters) {
        this.listener = listener;
        this.counters = counters;
        timer.scheduleAtFixedRate(this::tell, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tell() {
        long now = System.nanoTime();
        long done = counters.done();
        double perSecond = (done - lastDone) * 1e9 / Math.max(1, now - lastNanos);
        smoothed = smoothed == 0 ? perSecond : smoothed + SMOOTHING * (perSecond - smoothed);
        lastDone = done;
        lastNanos = now;
        listener.progress(counters.progress(perSecond, smoothed));
    }

    @Override
    public void close() {
        timer.execute(this::tell);
        timer.shutdown();
    }
}
