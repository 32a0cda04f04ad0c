package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Entry;

/** What the entry before told, against which the next one's numbers are written. All 0 at a chunk's start. */
final class EntryContext {
    private long counter;
    private long session;
    private long nanos;

    /** The counter of the entry before. */
    long counter() {
        return counter;
    }

    /** The session of the last entry that had one. */
    long session() {
        return session;
    }

    /** The last monotonic time. */
    long nanos() {
        return nanos;
    }

    void counter(long value) {
        counter = value;
    }

    void session(long value) {
        session = value;
    }

    void nanos(long value) {
        nanos = value;
    }

    void set(EntryContext other) {
        counter = other.counter;
        session = other.session;
        nanos = other.nanos;
    }

    void clear() {
        counter = 0;
        session = 0;
        nanos = 0;
    }

    // The fields that most entries begin with

    void writeCounter(WireWriter out, Entry entry) {
        out.zigzag(entry.counter() - counter);
        counter = entry.counter();
    }

    long readCounter(WireReader in) {
        counter += in.zigzag("counter");
        return counter;
    }

    void writeSession(WireWriter out, long value) {
        out.zigzag(value - session);
        session = value;
    }

    long readSession(WireReader in) {
        session += in.zigzag("session");
        return session;
    }

    void writeNanos(WireWriter out, long value) {
        out.zigzag(value - nanos);
        nanos = value;
    }

    long readNanos(WireReader in, String name) {
        nanos += in.zigzag(name);
        return nanos;
    }
}
