package dev.understudy.trace.chunk;

import dev.understudy.trace.entry.Access;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.Skip;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger adds up. {@code session} is a zigzag less the session before.
 *
 * <pre>
 *  10 Gap:        session, varint reason, ranges, zigzag exchanges, zigzag bytes, varint access, bool opaque
 *  11 Skip:       session, varint policy, ranges, zigzag exchanges, zigzag bytes, varint access
 *  13 Heartbeat:  zigzag wallMicros, varint forwarded, varint recorded, varint skipped, varint lost, varint opaque,
 *                 varint sessions, bool closing
 *
 *  ranges, a list of: zigzag from less the number before (of the first: less the counter), varint to - from
 * </pre>
 */
final class LedgerCodec {
    private static final Gap.Reason[] REASONS = Gap.Reason.values();
    private static final Skip.Policy[] POLICIES = Skip.Policy.values();
    private static final Access[] ACCESS = Access.values();

    private LedgerCodec() {}

    static void write(WireWriter out, EntryContext context, Gap gap) {
        context.writeSession(out, gap.session());
        out.ordinal(gap.reason());
        writeRanges(out, gap.counter(), gap.numbers());
        out.zigzag(gap.exchanges());
        out.zigzag(gap.bytes());
        out.ordinal(gap.access());
        out.bool(gap.opaque());
    }

    static Gap readGap(WireReader in, EntryContext context, long counter) {
        return new Gap(
                counter,
                context.readSession(in),
                in.ordinal(REASONS, "reason"),
                readRanges(in, counter),
                in.zigzag("exchanges"),
                in.zigzag("bytes"),
                in.ordinal(ACCESS, "access"),
                in.bool("opaque"));
    }

    static void write(WireWriter out, EntryContext context, Skip skip) {
        context.writeSession(out, skip.session());
        out.ordinal(skip.policy());
        writeRanges(out, skip.counter(), skip.numbers());
        out.zigzag(skip.exchanges());
        out.zigzag(skip.bytes());
        out.ordinal(skip.access());
    }

    static Skip readSkip(WireReader in, EntryContext context, long counter) {
        return new Skip(
                counter,
                context.readSession(in),
                in.ordinal(POLICIES, "policy"),
                readRanges(in, counter),
                in.zigzag("exchanges"),
                in.zigzag("bytes"),
                in.ordinal(ACCESS, "access"));
    }

    static void write(WireWriter out, Heartbeat heartbeat) {
        out.zigzag(heartbeat.wallMicros());
        out.varint(heartbeat.forwarded());
        out.varint(heartbeat.recorded());
        out.varint(heartbeat.skipped());
        out.varint(heartbeat.lost());
        out.varint(heartbeat.opaque());
        out.varint(heartbeat.sessions());
        out.bool(heartbeat.closing());
    }

    static Heartbeat readHeartbeat(WireReader in, long counter) {
        return new Heartbeat(
                counter,
                in.zigzag("wallMicros"),
                in.varint("forwarded"),
                in.varint("recorded"),
                in.varint("skipped"),
                in.varint("lost"),
                in.varint("opaque"),
                in.varint("sessions"),
                in.bool("closing"));
    }

    private static void writeRanges(WireWriter out, long counter, List<NumberRange> ranges) {
        out.varint(ranges.size());
        long before = counter;
        for (NumberRange range : ranges) {
            out.zigzag(range.from() - before);
            out.varint(range.to() - range.from());
            before = range.to();
        }
    }

    private static List<NumberRange> readRanges(WireReader in, long counter) {
        int count = in.count("ranges");
        List<NumberRange> ranges = new ArrayList<>(count);
        long before = counter;
        for (int i = 0; i < count; i++) {
            long from = before + in.zigzag("from");
            long to = from + in.varint("to");
            if (to < from) {
                throw in.expected("a range from " + from + " that ends above it, not at " + to + ", before");
            }
            ranges.add(new NumberRange(from, to));
            before = to;
        }
        return ranges;
    }
}
