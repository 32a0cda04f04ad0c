package dev.understudy.capture.tap;

import dev.understudy.capture.counter.SharedCounter;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes tap records into the pages of one event loop. Belongs to that loop; never waits, and allocates only for a
 * session's start and for losses.
 *
 * <p>Where no page is free, a write answers {@code false} and nothing of it stands in a page. What must not be
 * forgotten then is kept here: numbers in the {@link LossLedger}, sessions that owe a record in a queue. The first thing
 * that the next page takes is what is owed, so no record of a session ever overtakes its own losses.
 */
public final class TapWriter {
    /** Bytes go into a page's rest only if so many fit; else the page is handed over. */
    private static final int SMALLEST_PIECE = 512;

    private static final int END_PAYLOAD = 2 * Long.BYTES;

    private final TapPages pages;
    private final SharedCounter counter;
    private final LossLedger losses = new LossLedger();
    private final Deque<SessionRecords> owing = new ArrayDeque<>();
    private @Nullable TapPage page;
    private long forwarded;
    private int sessions;

    /** A writer into the pages of one loop. */
    public TapWriter(TapPages pages, SharedCounter counter) {
        this.pages = pages;
        this.counter = counter;
    }

    /**
     * Hands the page under way to the recorder, or an empty one: so that what it holds is not held up, and the recorder
     * learns how far the counter is. To be called now and then, on the loop.
     */
    public void flush() {
        if (page == null) {
            openPage();
        }
        handOver();
    }

    /** Whether everything has been handed over. */
    public boolean isDrained() {
        return page == null && losses.isEmpty() && owing.isEmpty();
    }

    /** At least how many bytes of records can be written now. */
    public long room() {
        TapPage current = page;
        long rest = current == null ? 0 : current.bytes.writableBytes();
        return rest + (long) pages.freePages() * pages.pageBytes();
    }

    void sessionOpened() {
        sessions++;
    }

    void sessionClosed() {
        sessions--;
    }

    /** One more exchange went through, and what tells of it has just been written, or put down as lost. */
    void forwarded() {
        forwarded++;
    }

    /** A number that no record will carry, written with the next gap. */
    void lose(int serial, long number, boolean exchange, long bytes) {
        losses.add(serial, number, exchange, bytes);
    }

    /** Calls {@link SessionRecords#payOwed} as soon as a page is free. */
    void owe(SessionRecords session) {
        owing.add(session);
    }

    boolean client(int serial, long ordinal, long sentAfter, long nanos, ByteBuf from, int index, int length) {
        return copy(TapKind.CLIENT, serial, ordinal, sentAfter, nanos, from, index, length);
    }

    /** Answer bytes; {@code doneNo} other than 0 says that they end the exchange. */
    boolean server(int serial, long ordinal, long doneNo, long nanos, ByteBuf from, int index, int length) {
        return copy(TapKind.SERVER, serial, ordinal, doneNo, nanos, from, index, length);
    }

    boolean async(int serial, long stamp, long nanos, ByteBuf from, int index, int length) {
        return copy(TapKind.ASYNC, serial, 0, stamp, nanos, from, index, length);
    }

    /** Copies bytes, in several records where they don't fit one page; the stamp of an answer's end goes with the last. */
    private boolean copy(
            TapKind kind, int serial, long ordinal, long stamp, long nanos, ByteBuf from, int index, int length) {
        int at = index;
        int rest = length;
        do {
            TapPage current = room(TapPage.HEADER_LENGTH + Math.min(rest, SMALLEST_PIECE));
            if (current == null) {
                return false;
            }
            int piece = Math.min(rest, current.bytes.writableBytes() - TapPage.HEADER_LENGTH);
            boolean last = piece == rest;
            header(current, kind, 0, piece, serial, 0, ordinal, last || kind != TapKind.SERVER ? stamp : 0, nanos);
            from.getBytes(at, current.bytes, piece);
            at += piece;
            rest -= piece;
        } while (rest > 0);
        return true;
    }

    boolean start(SessionFacts facts) {
        return attach(TapKind.START, facts.serial(), facts);
    }

    boolean end(int serial, long sentAfter, long doneNo, long nanos, SessionEnd.Reason reason, long exchanges) {
        TapPage current = room(TapPage.HEADER_LENGTH + END_PAYLOAD);
        if (current == null) {
            return false;
        }
        header(current, TapKind.END, reason.ordinal(), END_PAYLOAD, serial, 0, 0, doneNo, nanos);
        current.bytes.writeLong(sentAfter).writeLong(exchanges);
        return true;
    }

    boolean broken(int serial, long ordinal, long doneNo, long nanos) {
        return bare(TapKind.BROKEN, 0, serial, ordinal, doneNo, nanos);
    }

    boolean lost(int serial, long ordinal, long doneNo, long bytes, byte status) {
        return bare(TapKind.LOST, status, serial, ordinal, doneNo, bytes);
    }

    /** A session is relayed unread; counts as one forwarded exchange from here on. */
    boolean opaque(int serial, Gap.Reason reason) {
        boolean written = bare(TapKind.OPAQUE, reason.ordinal(), serial, 0, counter.get(), 0);
        forwarded += written ? 1 : 0;
        return written;
    }

    /** A session is left out; counts as one forwarded exchange. */
    boolean skipped(int serial) {
        boolean written = bare(TapKind.SKIPPED, 0, serial, 0, counter.get(), 0);
        forwarded += written ? 1 : 0;
        return written;
    }

    boolean cancelled(int serial, long ordinal) {
        return bare(TapKind.CANCELLED, 0, serial, ordinal, 0, 0);
    }

    /** A cancel request went through; it is forgotten where no page is free, since it has no number. */
    public boolean cancel(CancelFacts facts) {
        return attach(TapKind.CANCEL, facts.targetSerial(), facts);
    }

    private boolean attach(TapKind kind, int serial, Object attachment) {
        TapPage current = room(TapPage.HEADER_LENGTH);
        if (current == null) {
            return false;
        }
        current.attachments.add(attachment);
        header(current, kind, 0, 0, serial, current.attachments.size() - 1, 0, 0, 0);
        return true;
    }

    private boolean bare(TapKind kind, int detail, int serial, long ordinal, long stamp, long nanos) {
        TapPage current = room(TapPage.HEADER_LENGTH);
        if (current == null) {
            return false;
        }
        header(current, kind, detail, 0, serial, 0, ordinal, stamp, nanos);
        return true;
    }

    private static void header(
            TapPage page,
            TapKind kind,
            int detail,
            int length,
            int serial,
            int attachment,
            long ordinal,
            long stamp,
            long nanos) {
        page.bytes
                .writeByte(kind.ordinal())
                .writeByte(detail)
                .writeShort(0)
                .writeInt(length)
                .writeInt(serial)
                .writeInt(attachment)
                .writeLong(ordinal)
                .writeLong(stamp)
                .writeLong(nanos);
    }

    /** A page with so much room; null if there is none. */
    private @Nullable TapPage room(int length) {
        TapPage current = page;
        while (current == null || current.bytes.writableBytes() < length) {
            handOver();
            if (!openPage()) {
                return null;
            }
            current = page;
        }
        return current;
    }

    private void handOver() {
        TapPage current = page;
        if (current == null) {
            return;
        }
        current.counter = counter.get();
        current.forwarded = forwarded - losses.exchanges();
        current.sessions = sessions;
        page = null;
        pages.handOver(current);
    }

    private boolean openPage() {
        TapPage opened = pages.takeFree();
        if (opened == null) {
            return false;
        }
        page = opened;
        payDebts(opened);
        return true;
    }

    /** Writes what is owed, as far as there is room. */
    void payDebts() {
        TapPage current = page;
        if (current == null) {
            openPage();
        } else {
            payDebts(current);
        }
    }

    private void payDebts(TapPage current) {
        if (!losses.isEmpty()) {
            writeLosses(current);
        }
        if (losses.isEmpty()) {
            payOwed();
        }
    }

    private void writeLosses(TapPage opened) {
        int fitting = (opened.bytes.writableBytes() - TapPage.HEADER_LENGTH) / LossLedger.RANGE_LENGTH;
        if (fitting < 1) {
            return;
        }
        int count = Math.min(losses.ranges(), fitting);
        int at = opened.bytes.writerIndex();
        int serial = losses.serial();
        long bytes = losses.bytes();
        int length = count * LossLedger.RANGE_LENGTH;
        header(opened, TapKind.GAP, 0, length, serial, 0, 0, counter.get(), bytes);
        long exchanges = losses.moveTo(opened.bytes, count);
        opened.bytes.setLong(at + TapPage.ORDINAL_AT, exchanges);
    }

    /** Lets every session that owes records write them; one that finds no room again stays in the queue. */
    private void payOwed() {
        for (int i = owing.size(); i > 0 && page != null; i--) {
            SessionRecords session = owing.poll();
            if (session != null && !session.payOwed()) {
                owing.add(session);
            }
        }
    }
}
