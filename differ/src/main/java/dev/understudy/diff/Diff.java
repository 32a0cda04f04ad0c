package dev.understudy.diff;

import dev.understudy.diff.report.Report;

/** Compares what a run's arms answered, and judges. */
public final class Diff {
    private Diff() {}

    /**
     * Reads a run's outcomes from Kafka, from their beginning to where they end now, and compares them. Blocks until done;
     * any thread may call it, several at once.
     *
     * @param listener hears of progress, on the calling thread
     * @throws DiffException if the run is not known, lacks the arm asked for, or Kafka cannot be read
     */
    public static Report run(DiffConfig config, DiffListener listener) {
        throw new UnsupportedOperationException("not yet");
    }
}
