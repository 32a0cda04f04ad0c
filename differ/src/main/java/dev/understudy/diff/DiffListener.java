package dev.understudy.diff;

/** Hears how a comparison gets on. Called by the thread that runs it. */
public interface DiffListener {
    /** A listener that does nothing. */
    DiffListener NONE = (read, expected) -> {};

    /**
     * Some more outcomes were compared.
     *
     * @param read how many so far
     * @param expected how many there are to read, -1 if the run does not say
     */
    void progress(long read, long expected);
}
