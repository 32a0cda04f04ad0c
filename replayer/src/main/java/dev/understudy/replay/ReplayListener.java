package dev.understudy.replay;

/** Hears how a run goes. Called from one thread of the run's own, about twice a second: must not block for long. */
public interface ReplayListener {
    /** Hears nothing. */
    ReplayListener NONE = progress -> {};

    /** The state of the run. */
    void progress(Progress progress);
}
