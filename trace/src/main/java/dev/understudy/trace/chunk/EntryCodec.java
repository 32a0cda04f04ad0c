package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Async;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Cancel;
import dev.understudy.trace.entry.CatalogEntry;
import dev.understudy.trace.entry.Cut;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.Part;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.entry.SessionStart;
import dev.understudy.trace.entry.Skip;

/**
 * One entry: its type's code, then its fields, in {@link WireWriter}'s primitives.
 *
 * <pre>
 *  u8      type
 *  zigzag  counter, less the counter of the entry before
 *          the type's own fields: ExchangeCodec 1 to 4, SessionCodec 5 to 9, LedgerCodec 10, 11, 13, CatalogCodec 12, 14
 * </pre>
 */
final class EntryCodec {
    private static final int EXCHANGE = 1;
    private static final int BEGUN = 2;
    private static final int DONE = 3;
    private static final int PART = 4;
    private static final int SESSION_START = 5;
    private static final int SESSION_END = 6;
    private static final int SESSION_SNAPSHOT = 7;
    private static final int ASYNC = 8;
    private static final int CANCEL = 9;
    private static final int GAP = 10;
    private static final int SKIP = 11;
    private static final int CUT = 12;
    private static final int HEARTBEAT = 13;
    private static final int CATALOG = 14;

    private EntryCodec() {}

    static void write(WireWriter out, EntryContext context, Entry entry) {
        out.u8(code(entry));
        context.writeCounter(out, entry);
        if (entry instanceof Exchange exchange) {
            ExchangeCodec.write(out, context, exchange);
        } else if (entry instanceof Begun begun) {
            ExchangeCodec.write(out, context, begun);
        } else if (entry instanceof Done done) {
            ExchangeCodec.write(out, context, done);
        } else if (entry instanceof Part part) {
            ExchangeCodec.write(out, context, part);
        } else if (entry instanceof SessionStart start) {
            SessionCodec.write(out, context, start);
        } else if (entry instanceof SessionEnd end) {
            SessionCodec.write(out, context, end);
        } else if (entry instanceof SessionSnapshot snapshot) {
            SessionCodec.write(out, context, snapshot);
        } else if (entry instanceof Async async) {
            SessionCodec.write(out, context, async);
        } else if (entry instanceof Cancel cancel) {
            SessionCodec.write(out, context, cancel);
        } else if (entry instanceof Gap gap) {
            LedgerCodec.write(out, context, gap);
        } else if (entry instanceof Skip skip) {
            LedgerCodec.write(out, context, skip);
        } else if (entry instanceof Heartbeat heartbeat) {
            LedgerCodec.write(out, heartbeat);
        } else if (entry instanceof Cut cut) {
            CutCodec.write(out, cut);
        } else {
            CatalogCodec.write(out, ((CatalogEntry) entry).catalog());
        }
    }

    static Entry read(WireReader in, EntryContext context) {
        int type = in.u8("entry type");
        long counter = context.readCounter(in);
        return switch (type) {
            case EXCHANGE -> ExchangeCodec.readExchange(in, context, counter);
            case BEGUN -> ExchangeCodec.readBegun(in, context, counter);
            case DONE -> ExchangeCodec.readDone(in, context, counter);
            case PART -> ExchangeCodec.readPart(in, context, counter);
            case SESSION_START -> SessionCodec.readStart(in, context, counter);
            case SESSION_END -> SessionCodec.readEnd(in, context, counter);
            case SESSION_SNAPSHOT -> SessionCodec.readSnapshot(in, context, counter);
            case ASYNC -> SessionCodec.readAsync(in, context, counter);
            case CANCEL -> SessionCodec.readCancel(in, context, counter);
            case GAP -> LedgerCodec.readGap(in, context, counter);
            case SKIP -> LedgerCodec.readSkip(in, context, counter);
            case CUT -> CutCodec.read(in, counter);
            case HEARTBEAT -> LedgerCodec.readHeartbeat(in, counter);
            case CATALOG -> new CatalogEntry(counter, CatalogCodec.read(in));
            default -> throw in.expected("an entry of type 1 to " + CATALOG + ", not " + type + ",");
        };
    }

    private static int code(Entry entry) {
        if (entry instanceof Exchange) {
            return EXCHANGE;
        } else if (entry instanceof Begun) {
            return BEGUN;
        } else if (entry instanceof Done) {
            return DONE;
        } else if (entry instanceof Part) {
            return PART;
        } else if (entry instanceof SessionStart) {
            return SESSION_START;
        } else if (entry instanceof SessionEnd) {
            return SESSION_END;
        } else if (entry instanceof SessionSnapshot) {
            return SESSION_SNAPSHOT;
        } else if (entry instanceof Async) {
            return ASYNC;
        } else if (entry instanceof Cancel) {
            return CANCEL;
        } else if (entry instanceof Gap) {
            return GAP;
        } else if (entry instanceof Skip) {
            return SKIP;
        } else if (entry instanceof Heartbeat) {
            return HEARTBEAT;
        } else if (entry instanceof Cut) {
            return CUT;
        } else {
            return CATALOG;
        }
    }
}
