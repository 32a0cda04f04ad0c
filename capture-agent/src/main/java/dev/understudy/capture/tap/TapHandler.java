package dev.understudy.capture.tap;

import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Takes what a {@link TapReader} reads, in the order in which the event loop saw it. Buffers are views of the page,
 * valid during the call.
 */
public interface TapHandler {
    /** Bytes of an exchange's request. */
    void client(int serial, long ordinal, long sentAfter, long nanos, ByteBuf bytes);

    /** Bytes of an exchange's answer; {@code doneNo} is 0 unless they end it. */
    void server(int serial, long ordinal, long doneNo, long nanos, ByteBuf bytes);

    /** Bytes that the server sent while no exchange was open; a frame may be cut anywhere. */
    void async(int serial, long counter, long nanos, ByteBuf bytes);

    /** A session became ready. */
    void start(SessionFacts facts);

    /** A session ended. */
    void end(int serial, long sentAfter, long doneNo, long nanos, SessionEnd.Reason reason, long exchanges);

    /** An open exchange ended with its connection. */
    void broken(int serial, long ordinal, long doneNo, long nanos);

    /** An exchange is over of which bytes were lost; {@code status} as in ReadyForQuery, 0 if there was none. */
    void lost(int serial, long ordinal, long doneNo, long bytes, byte status);

    /** Exchanges lost while no page was free; {@code serial} is 0 where they are not one session's. */
    void gap(int serial, long counter, List<NumberRange> numbers, long exchanges, long bytes);

    /** A session is relayed unread from here on. */
    void opaque(int serial, long counter, Gap.Reason reason);

    /** A session of a replication client is left out. */
    void skipped(int serial, long counter);

    /** A cancel request went through. */
    void cancel(CancelFacts facts);

    /** A cancel request for a session was forwarded while that exchange was open. */
    void cancelled(int serial, long ordinal);

    /**
     * A page is read to its end.
     *
     * @param counter the counter when the loop handed it over: whatever the loop reads later is stamped with at least
     *     this
     * @param forwarded exchanges that the loop has forwarded so far
     * @param sessions sessions open on the loop
     */
    void pageEnd(long counter, long forwarded, int sessions);
}
