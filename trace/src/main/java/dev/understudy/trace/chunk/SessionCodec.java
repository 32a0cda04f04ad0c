package dev.understudy.trace.chunk;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Async;
import dev.understudy.trace.entry.Cancel;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.entry.SessionStart;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens to a session beside its exchanges. {@code session} is a zigzag less the session before, {@code nanos} a
 * zigzag less the last monotonic time; sentAfter and doneNo are zigzags less the counter.
 *
 * <pre>
 *  5 SessionStart:     session, sentAfter, doneNo, nanos, zigzag serverPid, string clientAddress, string serverAddress,
 *                      string user, string database, u32 protocol, map startup, map parameters
 *  6 SessionEnd:       session, sentAfter, doneNo, nanos, varint reason, varint exchanges
 *  7 SessionSnapshot:  session, varint nextOrdinal, bool incomplete, u8 status, map parameters,
 *                      map statements (values are bytes), list of bytes state
 *  8 Async:            session, nanos, bytes frames
 *  9 Cancel:           session, zigzag targetPid, sentAfter, doneNo, nanos
 * </pre>
 */
final class SessionCodec {
    private static final SessionEnd.Reason[] REASONS = SessionEnd.Reason.values();

    private SessionCodec() {}

    static void write(WireWriter out, EntryContext context, SessionStart start) {
        context.writeSession(out, start.session());
        out.zigzag(start.sentAfter() - start.counter());
        out.zigzag(start.doneNo() - start.counter());
        context.writeNanos(out, start.nanos());
        out.zigzag(start.serverPid());
        out.string(start.clientAddress());
        out.string(start.serverAddress());
        out.string(start.user());
        out.string(start.database());
        out.u32(start.protocol());
        out.stringMap(start.startup());
        out.stringMap(start.parameters());
    }

    static SessionStart readStart(WireReader in, EntryContext context, long counter) {
        return new SessionStart(
                counter,
                context.readSession(in),
                counter + in.zigzag("sentAfter"),
                counter + in.zigzag("doneNo"),
                context.readNanos(in, "nanos"),
                in.int32("serverPid"),
                in.string("clientAddress"),
                in.string("serverAddress"),
                in.string("user"),
                in.string("database"),
                in.u32("protocol"),
                in.stringMap("startup"),
                in.stringMap("parameters"));
    }

    static void write(WireWriter out, EntryContext context, SessionEnd end) {
        context.writeSession(out, end.session());
        out.zigzag(end.sentAfter() - end.counter());
        out.zigzag(end.doneNo() - end.counter());
        context.writeNanos(out, end.nanos());
        out.ordinal(end.reason());
        out.varint(end.exchanges());
    }

    static SessionEnd readEnd(WireReader in, EntryContext context, long counter) {
        return new SessionEnd(
                counter,
                context.readSession(in),
                counter + in.zigzag("sentAfter"),
                counter + in.zigzag("doneNo"),
                context.readNanos(in, "nanos"),
                in.ordinal(REASONS, "reason"),
                in.varint("exchanges"));
    }

    static void write(WireWriter out, EntryContext context, SessionSnapshot snapshot) {
        context.writeSession(out, snapshot.session());
        out.varint(snapshot.nextOrdinal());
        out.bool(snapshot.incomplete());
        out.status(snapshot.status());
        out.stringMap(snapshot.parameters());
        out.varint(snapshot.statements().size());
        new TreeMap<>(snapshot.statements()).forEach((name, frame) -> {
            out.string(name);
            out.bytes(frame);
        });
        out.varint(snapshot.state().size());
        snapshot.state().forEach(out::bytes);
    }

    static SessionSnapshot readSnapshot(WireReader in, EntryContext context, long counter) {
        long session = context.readSession(in);
        long nextOrdinal = in.varint("nextOrdinal");
        boolean incomplete = in.bool("incomplete");
        TransactionStatus status = in.status("status");
        Map<String, String> parameters = in.stringMap("parameters");
        return new SessionSnapshot(
                counter,
                session,
                nextOrdinal,
                incomplete,
                status,
                parameters,
                in.map("statements", value -> value.bytes("statement")),
                in.list("state", frame -> frame.bytes("state")));
    }

    static void write(WireWriter out, EntryContext context, Async async) {
        context.writeSession(out, async.session());
        context.writeNanos(out, async.nanos());
        out.bytes(async.frames());
    }

    static Async readAsync(WireReader in, EntryContext context, long counter) {
        return new Async(counter, context.readSession(in), context.readNanos(in, "nanos"), in.bytes("frames"));
    }

    static void write(WireWriter out, EntryContext context, Cancel cancel) {
        context.writeSession(out, cancel.targetSession());
        out.zigzag(cancel.targetPid());
        out.zigzag(cancel.sentAfter() - cancel.counter());
        out.zigzag(cancel.doneNo() - cancel.counter());
        context.writeNanos(out, cancel.nanos());
    }

    static Cancel readCancel(WireReader in, EntryContext context, long counter) {
        return new Cancel(
                counter,
                context.readSession(in),
                in.int32("targetPid"),
                counter + in.zigzag("sentAfter"),
                counter + in.zigzag("doneNo"),
                context.readNanos(in, "nanos"));
    }
}
