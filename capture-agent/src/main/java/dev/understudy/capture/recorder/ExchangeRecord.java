package dev.understudy.capture.recorder;

import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.FrontendType;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on its way into the trace. Reusable; belongs to the lane's recorder thread.
 *
 * <pre>
 *   OPEN ──chunk closes──► BEGUN        an Exchange comes of an OPEN one, a Done of a BEGUN one
 *     └────────┬─────────────┘
 *        something of it could not be recorded: LOST, its number goes into a gap
 * </pre>
 */
final class ExchangeRecord {
    /** Pauses beyond this many are not told apart. */
    private static final int MAX_SEGMENTS = 1 << 16;

    final AnswerRecord answer;

    private final ByteBuf request = HeapBytes.buffer();
    private final List<Segment> segments = new ArrayList<>();
    private MessageWalker walker = new MessageWalker();
    private long ordinal;
    private long requestLength;
    private long wholeLength;
    private long answerLengthAtLastSegment;
    private long sentAfterLast;
    private int requestParts;
    private int terminators;
    private int flags;
    private int heldBytes;
    private boolean begun;
    private Gap.@Nullable Reason lost;

    ExchangeRecord(int maxResultBytes) {
        answer = new AnswerRecord(maxResultBytes);
    }

    ExchangeRecord reset(long newOrdinal) {
        ordinal = newOrdinal;
        answer.reset();
        HeapBytes.clear(request);
        segments.clear();
        requestLength = 0;
        wholeLength = 0;
        walker = new MessageWalker();
        requestParts = 0;
        terminators = 0;
        flags = 0;
        begun = false;
        lost = null;
        return this;
    }

    long ordinal() {
        return ordinal;
    }

    boolean isBegun() {
        return begun;
    }

    /** Whether nothing in the trace tells of it yet, and something could. */
    boolean isToBegin() {
        return !begun && lost == null && !segments.isEmpty();
    }

    /** Why it cannot be recorded, null as long as it can. */
    Gap.@Nullable Reason lost() {
        return lost;
    }

    /** Something of it could not be recorded: what is held of it goes, its number will stand in a gap. */
    void lose(Gap.Reason reason) {
        if (lost == null) {
            lost = reason;
        }
        HeapBytes.clear(request);
        answer.discard();
    }

    /** How many bytes more are held in memory than when this was asked last. */
    int weighed() {
        int before = heldBytes;
        heldBytes = request.readableBytes() + answer.kept().readableBytes();
        return heldBytes - before;
    }

    /** All bytes of the exchange so far. */
    long bytes() {
        return requestLength + answer.wireLength();
    }

    /** The counter when its first bytes were read. */
    long sentAfter() {
        return segments.get(0).sentAfter();
    }

    ByteBuf request() {
        return request;
    }

    int requestParts() {
        return requestParts;
    }

    /** The request's bytes in memory have gone into so many parts. */
    void requestPartsTaken(int count) {
        HeapBytes.clear(request);
        requestParts += count;
    }

    /** The next bytes of the request; borrowed. */
    void feed(ByteBuf bytes, long sentAfter, long nanos) {
        boolean answered = answer.wireLength() != answerLengthAtLastSegment;
        if (requestLength == 0 || (answered || sentAfter != sentAfterLast) && segments.size() < MAX_SEGMENTS) {
            segments.add(new Segment(Math.toIntExact(requestLength), answer.wireLength(), sentAfter, nanos));
            answerLengthAtLastSegment = answer.wireLength();
            sentAfterLast = sentAfter;
        }
        walker.begin(bytes, bytes.readerIndex(), bytes.readableBytes());
        while (walker.next()) {
            wholeLength = requestLength + walker.end() - bytes.readerIndex();
            terminators += isTerminator(walker.type()) ? 1 : 0;
        }
        requestLength = Math.addExact(requestLength, bytes.readableBytes());
        if (lost == null) {
            request.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
    }

    private static boolean isTerminator(byte type) {
        return type == FrontendType.QUERY || type == FrontendType.SYNC || type == FrontendType.FUNCTION_CALL;
    }

    void flag(ExchangeFlag flag) {
        flags |= 1 << flag.ordinal();
    }

    /** The entry for an exchange that is still open; a frame under way and what follows go into its Done. */
    Begun begin(long counter, long session, TransactionStatus before) {
        return new Begun(
                counter,
                new ExchangeId(session, ordinal),
                before,
                segments,
                requestParts == 0 ? request.slice(0, request.readableBytes() - underWay()) : Unpooled.EMPTY_BUFFER,
                requestParts);
    }

    /** The Begun is in the trace. */
    void beginTaken() {
        begun = true;
        segments.clear();
        if (requestParts == 0) {
            request.skipBytes(request.readableBytes() - underWay()).discardReadBytes();
        }
        requestParts = 0;
    }

    /**
     * Cuts off a frame that had not come whole when the exchange ended: the connection broke off, or the server had
     * given up a COPY whose data were still being sent. Either way the server never read it.
     */
    void dropFrameUnderWay() {
        request.writerIndex(request.writerIndex() - underWay());
    }

    /** How many bytes at the end of those in memory are of a frame that has not come whole. */
    private int underWay() {
        return (int) Math.min(requestLength - wholeLength, request.readableBytes());
    }

    /** The entry for an exchange that is over. */
    Entry end(long counter, long session, long doneNo, TransactionStatus before, long endNanos) {
        if (terminators > 1) {
            flag(ExchangeFlag.SEVERAL_SYNCS);
        }
        ExchangeId id = new ExchangeId(session, ordinal);
        var answered = answer.toAnswer(endNanos);
        var all = ExchangeFlag.ofBits(flags | answer.flags());
        ByteBuf frames = requestParts == 0 ? request : Unpooled.EMPTY_BUFFER;
        return begun
                ? new Done(counter, id, doneNo, all, segments, frames, requestParts, answered)
                : new Exchange(counter, id, doneNo, before, all, segments, frames, requestParts, answered);
    }
}
