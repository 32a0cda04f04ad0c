package dev.understudy.capture.session;

/**
 * What the tracker knows of one exchange in flight: counts of what the client sent. Reused from a ring.
 *
 * <p>Syncs are counted by where they stand towards COPY data, since a server that is copying in swallows them: early
 * ones stand before any copy message, inner ones between the first copy message and CopyDone or CopyFail, late ones
 * after that.
 */
final class OpenExchange {
    /** Parse, Bind, Describe, Execute and Close messages: each has one completion in the answer unless an error ends all. */
    int extended;
    /** Whether a Query or FunctionCall ends the request. */
    boolean simple;
    /** Whether anything stands in the request that could begin a COPY: before it, copy messages mean nothing. */
    boolean executed;
    /** Whether copy data, CopyDone or CopyFail stand behind that. */
    boolean copySent;
    /** CopyDone and CopyFail messages among them. */
    int copyEnds;

    int earlySyncs;
    int innerSyncs;
    int lateSyncs;

    void reset() {
        extended = 0;
        simple = false;
        executed = false;
        forgetCopy();
        lateSyncs = 0;
    }

    /** A COPY is over and the request goes on: the Syncs so far were swallowed. */
    void forgetCopy() {
        copySent = false;
        copyEnds = 0;
        earlySyncs = 0;
        innerSyncs = 0;
    }

    void sync() {
        if (!copySent) {
            earlySyncs++;
        } else if (copyEnds == 0) {
            innerSyncs++;
        } else {
            lateSyncs++;
        }
    }

    int syncs() {
        return earlySyncs + innerSyncs + lateSyncs;
    }

    int syncsAfterCopyBegan() {
        return innerSyncs + lateSyncs;
    }

    /** Nothing but Syncs (and Flushes): ReadyForQuery is all that can answer it. */
    boolean onlySyncs() {
        return !simple && extended == 0;
    }
}
