package dev.understudy.trace.entry;

/**
 * One entry of a lane. Every entry carries the counter of completed exchanges at its writing, so that a lane is ordered
 * by it and lanes merge by it.
 */
public sealed interface Entry
        permits Exchange,
                Begun,
                Done,
                Part,
                SessionStart,
                SessionEnd,
                SessionSnapshot,
                Async,
                Cancel,
                Gap,
                Skip,
                Cut,
                Heartbeat,
                CatalogEntry {
    /** The shared counter when this entry was written; never falls within a lane. */
    long counter();
}
