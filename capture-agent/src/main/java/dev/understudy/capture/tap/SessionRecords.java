package dev.understudy.capture.tap;

import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One session's way into the pages. Bytes that find no room are the caller's to count as lost; a session's start, its
 * end and its becoming opaque are owed until there is room, and nothing else of the session is written before them.
 * Belongs to the session's event loop.
 */
final class SessionRecords {
    private final TapWriter writer;
    private int serial;

    private @Nullable SessionFacts owedStart;
    private boolean owedSkip;
    private Gap.@Nullable Reason owedOpaque;
    private @Nullable End owedEnd;
    private boolean isOwing;

    private record End(long sentAfter, long doneNo, long nanos, SessionEnd.Reason reason, long exchanges) {}

    SessionRecords(TapWriter writer) {
        this.writer = writer;
    }

    /** The session's serial number in its epoch, 0 before it has one. */
    int serial() {
        return serial;
    }

    /** The session counts from here on. */
    void open(int newSerial) {
        serial = newSerial;
        writer.sessionOpened();
    }

    void close() {
        writer.sessionClosed();
    }

    boolean client(long ordinal, long sentAfter, long nanos, ByteBuf from, int index, int length) {
        return settled() && writer.client(serial, ordinal, sentAfter, nanos, from, index, length);
    }

    boolean server(long ordinal, long doneNo, long nanos, ByteBuf from, int index, int length) {
        return settled() && writer.server(serial, ordinal, doneNo, nanos, from, index, length);
    }

    /** What comes while the session is idle has no number: without room it is forgotten. */
    void async(long counter, long nanos, ByteBuf from, int index, int length) {
        if (settled()) {
            writer.async(serial, counter, nanos, from, index, length);
        }
    }

    boolean broken(long ordinal, long doneNo, long nanos) {
        return settled() && writer.broken(serial, ordinal, doneNo, nanos);
    }

    /** An exchange is over of which bytes were lost. */
    void lost(long ordinal, long doneNo, long bytes, byte status) {
        if (!settled() || !writer.lost(serial, ordinal, doneNo, bytes, status)) {
            writer.lose(serial, doneNo, true, bytes);
        }
    }

    void cancelled(long ordinal) {
        if (settled()) {
            writer.cancelled(serial, ordinal);
        }
    }

    /** An exchange has gone through, and has been told or put down as lost. */
    void forwarded() {
        writer.forwarded();
    }

    /** The session is left out by policy. */
    void skipped() {
        if (!settled() || !writer.skipped(serial)) {
            owedSkip = true;
            owe();
        }
    }

    void start(SessionFacts facts) {
        if (!writer.start(facts)) {
            owedStart = facts;
            owe();
        }
    }

    void opaque(Gap.Reason reason) {
        if (!settled() || !writer.opaque(serial, reason)) {
            owedOpaque = reason;
            owe();
        }
    }

    void end(long sentAfter, long doneNo, long nanos, SessionEnd.Reason reason, long exchanges) {
        if (!settled() || !writer.end(serial, sentAfter, doneNo, nanos, reason, exchanges)) {
            owedEnd = new End(sentAfter, doneNo, nanos, reason, exchanges);
            owe();
        }
    }

    private void owe() {
        if (!isOwing) {
            isOwing = true;
            writer.owe(this);
        }
    }

    /** Whether nothing is owed, or could be written just now. */
    private boolean settled() {
        if (isOwing) {
            writer.payDebts();
        }
        return !isOwing;
    }

    /** For the writer: writes what is owed; answers whether all of it found room. */
    boolean payOwed() {
        SessionFacts start = owedStart;
        if (start != null) {
            if (!writer.start(start)) {
                return false;
            }
            owedStart = null;
        }
        if (owedSkip && !writer.skipped(serial)) {
            return false;
        }
        owedSkip = false;
        Gap.Reason opaque = owedOpaque;
        if (opaque != null) {
            if (!writer.opaque(serial, opaque)) {
                return false;
            }
            owedOpaque = null;
        }
        End end = owedEnd;
        if (end != null) {
            if (!writer.end(serial, end.sentAfter, end.doneNo, end.nanos, end.reason, end.exchanges)) {
                return false;
            }
            owedEnd = null;
        }
        isOwing = false;
        return true;
    }
}
