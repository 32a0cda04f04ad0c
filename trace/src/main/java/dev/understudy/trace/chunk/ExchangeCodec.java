package dev.understudy.trace.chunk;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Part;
import dev.understudy.trace.entry.Segment;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Exchanges and their pieces.
 *
 * <pre>
 *  1 Exchange                          2 Begun                     3 Done
 *    id                                  id                          id
 *    zigzag  doneNo - counter                                        zigzag  doneNo - counter
 *    u8      before                      u8      before
 *    varint  flags                                                   varint  flags
 *    segments                            segments                    segments
 *    bytes   request                     bytes   request             bytes   requestRest
 *    varint  requestParts                varint  requestParts        varint  requestParts
 *    answer                                                          answer
 *
 *  4 Part:  id, varint of, varint index, bytes
 *
 *  id:      zigzag session less the session before, varint ordinal
 *  segments, a list of:
 *    zigzag requestOffset, zigzag answerOffset, each less that of the segment before (of the first: as they are)
 *    zigzag sentAfter less that of the segment before (of the first: less the counter)
 *    zigzag nanos     less the last monotonic time, which it becomes
 *  answer:
 *    bytes  frames
 *    varint parts
 *    list   omissions (OmissionCodec)
 *    list   string tags
 *    u8     status
 *    bool   whether there is a first time, then zigzag firstNanos less the last monotonic time, which it becomes
 *    zigzag endNanos less the last monotonic time, which it becomes
 * </pre>
 */
final class ExchangeCodec {
    private static final Part.Of[] PART_OF = Part.Of.values();

    private ExchangeCodec() {}

    static void write(WireWriter out, EntryContext context, Exchange exchange) {
        writeId(out, context, exchange.id());
        out.zigzag(exchange.doneNo() - exchange.counter());
        out.status(exchange.before());
        out.varint(ExchangeFlag.toBits(exchange.flags()));
        writeSegments(out, context, exchange.segments());
        out.bytes(exchange.request());
        out.varint(exchange.requestParts());
        writeAnswer(out, context, exchange.answer());
    }

    static Exchange readExchange(WireReader in, EntryContext context, long counter) {
        ExchangeId id = readId(in, context);
        long doneNo = counter + in.zigzag("doneNo");
        TransactionStatus before = in.status("status before");
        Set<ExchangeFlag> flags = ExchangeFlag.ofBits(in.size("flags"));
        List<Segment> segments = readSegments(in, context, 1);
        ByteBuf request = in.bytes("request");
        int requestParts = in.size("requestParts");
        Answer answer = readAnswer(in, context);
        return new Exchange(counter, id, doneNo, before, flags, segments, request, requestParts, answer);
    }

    static void write(WireWriter out, EntryContext context, Begun begun) {
        writeId(out, context, begun.id());
        out.status(begun.before());
        writeSegments(out, context, begun.segments());
        out.bytes(begun.request());
        out.varint(begun.requestParts());
    }

    static Begun readBegun(WireReader in, EntryContext context, long counter) {
        ExchangeId id = readId(in, context);
        TransactionStatus before = in.status("status before");
        List<Segment> segments = readSegments(in, context, 1);
        return new Begun(counter, id, before, segments, in.bytes("request"), in.size("requestParts"));
    }

    static void write(WireWriter out, EntryContext context, Done done) {
        writeId(out, context, done.id());
        out.zigzag(done.doneNo() - done.counter());
        out.varint(ExchangeFlag.toBits(done.flags()));
        writeSegments(out, context, done.segments());
        out.bytes(done.requestRest());
        out.varint(done.requestParts());
        writeAnswer(out, context, done.answer());
    }

    static Done readDone(WireReader in, EntryContext context, long counter) {
        ExchangeId id = readId(in, context);
        long doneNo = counter + in.zigzag("doneNo");
        Set<ExchangeFlag> flags = ExchangeFlag.ofBits(in.size("flags"));
        List<Segment> segments = readSegments(in, context, 0);
        ByteBuf rest = in.bytes("requestRest");
        int requestParts = in.size("requestParts");
        return new Done(counter, id, doneNo, flags, segments, rest, requestParts, readAnswer(in, context));
    }

    static void write(WireWriter out, EntryContext context, Part part) {
        writeId(out, context, part.id());
        out.ordinal(part.of());
        out.varint(part.index());
        out.bytes(part.bytes());
    }

    static Part readPart(WireReader in, EntryContext context, long counter) {
        ExchangeId id = readId(in, context);
        Part.Of of = in.ordinal(PART_OF, "of");
        return new Part(counter, id, of, in.size("index"), in.bytes("bytes"));
    }

    private static void writeId(WireWriter out, EntryContext context, ExchangeId id) {
        context.writeSession(out, id.session());
        out.varint(id.ordinal());
    }

    private static ExchangeId readId(WireReader in, EntryContext context) {
        return new ExchangeId(context.readSession(in), in.varint("ordinal"));
    }

    private static void writeSegments(WireWriter out, EntryContext context, List<Segment> segments) {
        out.varint(segments.size());
        long request = 0;
        long answer = 0;
        long sentAfter = context.counter();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            out.zigzag(segment.requestOffset() - request);
            out.zigzag(segment.answerOffset() - answer);
            out.zigzag(segment.sentAfter() - sentAfter);
            context.writeNanos(out, segment.nanos());
            request = segment.requestOffset();
            answer = segment.answerOffset();
            sentAfter = segment.sentAfter();
        }
    }

    private static List<Segment> readSegments(WireReader in, EntryContext context, int atLeast) {
        int count = in.count("segments");
        if (count < atLeast) {
            throw in.expected("at least one segment, found none,");
        }
        List<Segment> segments = new ArrayList<>(count);
        long request = 0;
        long answer = 0;
        long sentAfter = context.counter();
        for (int i = 0; i < count; i++) {
            request += in.zigzag("requestOffset");
            answer += in.zigzag("answerOffset");
            sentAfter += in.zigzag("sentAfter");
            if (request < 0 || request > Integer.MAX_VALUE) {
                throw in.expected("requestOffset from 0 to " + Integer.MAX_VALUE + ", not " + request + ", before");
            }
            segments.add(new Segment((int) request, answer, sentAfter, context.readNanos(in, "nanos")));
        }
        return segments;
    }

    private static void writeAnswer(WireWriter out, EntryContext context, Answer answer) {
        out.bytes(answer.frames());
        out.varint(answer.parts());
        OmissionCodec.write(out, answer.omissions());
        out.strings(answer.tags());
        out.status(answer.status());
        out.bool(answer.firstNanos() != 0);
        if (answer.firstNanos() != 0) {
            context.writeNanos(out, answer.firstNanos());
        }
        context.writeNanos(out, answer.endNanos());
    }

    private static Answer readAnswer(WireReader in, EntryContext context) {
        ByteBuf frames = in.bytes("frames");
        int parts = in.size("parts");
        var omissions = OmissionCodec.read(in);
        List<String> tags = in.strings("tags");
        TransactionStatus status = in.status("status after");
        long first = in.bool("whether there is a first time") ? context.readNanos(in, "firstNanos") : 0;
        return new Answer(frames, parts, omissions, tags, status, first, context.readNanos(in, "endNanos"));
    }
}
