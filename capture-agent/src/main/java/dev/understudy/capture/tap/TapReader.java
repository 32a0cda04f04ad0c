package dev.understudy.capture.tap;

import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Reads the pages of one event loop. Belongs to the lane's recorder thread. */
public final class TapReader {
    private static final Gap.Reason[] REASONS = Gap.Reason.values();
    private static final SessionEnd.Reason[] ENDS = SessionEnd.Reason.values();

    private final TapPages pages;

    /** A reader of the pages that a loop hands over. */
    public TapReader(TapPages pages) {
        this.pages = pages;
    }

    /**
     * Reads one page if the loop has handed one over, and gives it back.
     *
     * @return whether there was one
     */
    public boolean poll(TapHandler handler) {
        TapPage page = pages.pollFull();
        if (page == null) {
            return false;
        }
        try {
            read(page, handler);
        } finally {
            pages.giveBack(page);
        }
        return true;
    }

    private static void read(TapPage page, TapHandler handler) {
        ByteBuf bytes = page.bytes;
        int end = bytes.writerIndex();
        for (int at = 0; at < end; ) {
            int length = bytes.getInt(at + TapPage.LENGTH_AT);
            record(page, at, bytes.slice(at + TapPage.HEADER_LENGTH, length), handler);
            at += TapPage.HEADER_LENGTH + length;
        }
        handler.pageEnd(page.counter, page.forwarded, page.sessions);
    }

    private static void record(TapPage page, int at, ByteBuf payload, TapHandler handler) {
        ByteBuf bytes = page.bytes;
        byte detail = bytes.getByte(at + TapPage.DETAIL_AT);
        int serial = bytes.getInt(at + TapPage.SERIAL_AT);
        long ordinal = bytes.getLong(at + TapPage.ORDINAL_AT);
        long stamp = bytes.getLong(at + TapPage.STAMP_AT);
        long nanos = bytes.getLong(at + TapPage.NANOS_AT);
        switch (TapKind.of(bytes.getByte(at + TapPage.KIND_AT))) {
            case CLIENT -> handler.client(serial, ordinal, stamp, nanos, payload);
            case SERVER -> handler.server(serial, ordinal, stamp, nanos, payload);
            case ASYNC -> handler.async(serial, stamp, nanos, payload);
            case START -> handler.start((SessionFacts) attachment(page, at));
            case END ->
                handler.end(serial, payload.getLong(0), stamp, nanos, ENDS[detail], payload.getLong(Long.BYTES));
            case BROKEN -> handler.broken(serial, ordinal, stamp, nanos);
            case LOST -> handler.lost(serial, ordinal, stamp, nanos, detail);
            case GAP -> handler.gap(serial, stamp, ranges(payload), ordinal, nanos);
            case OPAQUE -> handler.opaque(serial, stamp, REASONS[detail]);
            case SKIPPED -> handler.skipped(serial, stamp);
            case CANCEL -> handler.cancel((CancelFacts) attachment(page, at));
            case CANCELLED -> handler.cancelled(serial, ordinal);
        }
    }

    private static Object attachment(TapPage page, int at) {
        return page.attachments.get(page.bytes.getInt(at + TapPage.ATTACHMENT_AT));
    }

    private static List<NumberRange> ranges(ByteBuf payload) {
        List<NumberRange> ranges = new ArrayList<>(payload.readableBytes() / LossLedger.RANGE_LENGTH);
        for (int at = 0; at < payload.readableBytes(); at += LossLedger.RANGE_LENGTH) {
            ranges.add(new NumberRange(payload.getLong(at), payload.getLong(at + Long.BYTES)));
        }
        return ranges;
    }
}
