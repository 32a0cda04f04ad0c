package dev.understudy.replay.recorder;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendKeyData;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.ParameterStatus;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Cancel;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.entry.SessionStart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A client of a real server, recorded. Belongs to one thread. */
public final class RecordedClient implements AutoCloseable {
    private final TraceRecorder recorder;
    private final long session;
    private final int lane;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final Map<String, String> parameters = new HashMap<>();
    private int pid;
    private byte[] key = {};
    private volatile boolean cancelled;
    private long ordinal;
    private boolean recording = true;
    private TransactionStatus status = TransactionStatus.IDLE;

    private record Sent(ExchangeId id, long sentAfter, long nanos, ByteBuf request, TransactionStatus before) {}

    RecordedClient(
            TraceRecorder recorder,
            long session,
            int lane,
            String host,
            int port,
            Map<String, String> startup,
            boolean fromItsStart)
            throws IOException {
        this.recorder = recorder;
        this.session = session;
        this.lane = lane;
        this.socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 64 << 10));
        this.out = socket.getOutputStream();
        long sentAfter = recorder.counter();
        ByteBuf message = Unpooled.buffer();
        FrontendMessages.startup(message, startup);
        out.write(ByteBufUtil.getBytes(message));
        ByteBuf answer = readUntilReady(1);
        for (FrameCursor frame = new FrameCursor(answer); frame.next(); ) {
            if (frame.type() == BackendType.BACKEND_KEY_DATA) {
                BackendKeyData keyData = BackendKeyData.decode(frame.body());
                pid = keyData.processId();
                key = keyData.secretKey();
            } else if (frame.type() == BackendType.PARAMETER_STATUS) {
                ParameterStatus status = ParameterStatus.decode(frame.body());
                parameters.put(status.name(), status.value());
            } else if (frame.type() == BackendType.ERROR_RESPONSE) {
                throw new IOException(frame.body().toString(StandardCharsets.UTF_8));
            }
        }
        if (!fromItsStart) {
            return;
        }
        synchronized (recorder) {
            recorder.add(
                    lane,
                    new SessionStart(
                            recorder.counter(),
                            session,
                            sentAfter,
                            recorder.tick(),
                            recorder.nanos(),
                            pid,
                            "127.0.0.1:1",
                            "127.0.0.1:" + port,
                            startup.getOrDefault("user", ""),
                            startup.getOrDefault("database", startup.getOrDefault("user", "")),
                            3 << 16,
                            new HashMap<>(startup),
                            Map.of()));
        }
    }

    public int pid() {
        return pid;
    }

    public long session() {
        return session;
    }

    /** From here on nothing is recorded, until a {@link #snapshot}. */
    public void pauseRecording() {
        recording = false;
    }

    /** Recording goes on in the middle of the session, with what its server knows. */
    public void snapshot(Map<String, ByteBuf> statements, List<ByteBuf> state) {
        snapshot(parameters, statements, state);
    }

    public void snapshot(Map<String, String> reported, Map<String, ByteBuf> statements, List<ByteBuf> state) {
        recording = true;
        synchronized (recorder) {
            recorder.add(
                    lane,
                    new SessionSnapshot(
                            recorder.counter(), session, ordinal, false, status, reported, statements, state));
        }
    }

    /** A simple query, to its end. */
    public ByteBuf query(String sql) throws IOException {
        return run(Frames.simple(sql));
    }

    /** One exchange, to its end. */
    public ByteBuf run(ByteBuf request) throws IOException {
        send(request);
        return receive();
    }

    /** Begins an exchange; others may be under way. */
    public void send(ByteBuf request) throws IOException {
        synchronized (recorder) {
            Sent begun =
                    new Sent(new ExchangeId(session, ordinal++), recorder.counter(), recorder.nanos(), request, status);
            sent.addLast(begun);
            recorder.lane(lane).opened(new Begun(0, begun.id(), begun.before(), segments(begun), begun.request(), 0));
        }
        out.write(ByteBufUtil.getBytes(request));
    }

    private static List<Segment> segments(Sent begun) {
        return List.of(new Segment(0, 0, begun.sentAfter(), begun.nanos()));
    }

    /** Asks the server to cancel what is under way, and waits until it has passed that on. May come from any thread. */
    public void cancel() throws IOException {
        long sentAfter = recorder.counter();
        cancelled = true;
        try (Socket other = new Socket(socket.getInetAddress(), socket.getPort())) {
            ByteBuf message = Unpooled.buffer();
            FrontendMessages.cancelRequest(message, pid, key);
            other.getOutputStream().write(ByteBufUtil.getBytes(message));
            other.getInputStream().readAllBytes();
        }
        synchronized (recorder) {
            long now = recorder.counter();
            recorder.add(lane, new Cancel(now, session, pid, sentAfter, now, recorder.nanos()));
        }
    }

    /** Reads the answer of the oldest exchange under way to its one ReadyForQuery. */
    public ByteBuf receive() throws IOException {
        ByteBuf frames = readUntilReady(1);
        record(frames);
        return frames;
    }

    /** Reads whatever comes until the server has closed. */
    public ByteBuf receiveToEnd() throws IOException {
        ByteBuf frames = readUntilReady(Integer.MAX_VALUE);
        record(frames);
        return frames;
    }

    private void record(ByteBuf frames) {
        Set<ExchangeFlag> flags = EnumSet.noneOf(ExchangeFlag.class);
        List<String> tags = new ArrayList<>();
        TransactionStatus after = TransactionStatus.UNKNOWN;
        for (FrameCursor frame = new FrameCursor(frames); frame.next(); ) {
            switch (frame.type()) {
                case BackendType.COMMAND_COMPLETE ->
                    tags.add(frame.body().toString(0, frame.bodyLength() - 1, StandardCharsets.UTF_8));
                case BackendType.COPY_IN_RESPONSE -> flags.add(ExchangeFlag.COPY_IN);
                case BackendType.COPY_OUT_RESPONSE -> flags.add(ExchangeFlag.COPY_OUT);
                case BackendType.READY_FOR_QUERY ->
                    after = TransactionStatus.of(frame.body().getByte(0));
                default -> {}
            }
        }
        if (after == TransactionStatus.UNKNOWN) {
            flags.add(ExchangeFlag.BROKEN_OFF);
        }
        if (cancelled) {
            flags.add(ExchangeFlag.CANCELLED);
            cancelled = false;
        }
        status = after;
        Sent done = sent.removeFirst();
        if (!recording) {
            recorder.lane(lane).wasBegun(done.id());
            return;
        }
        synchronized (recorder) {
            long doneNo = recorder.tick();
            long now = recorder.nanos();
            Answer answer = new Answer(frames, 0, List.of(), tags, after, now, now);
            recorder.counted(lane);
            recorder.add(
                    lane,
                    recorder.lane(lane).wasBegun(done.id())
                            ? new Done(doneNo, done.id(), doneNo, flags, List.of(), Unpooled.EMPTY_BUFFER, 0, answer)
                            : new Exchange(
                                    doneNo,
                                    done.id(),
                                    doneNo,
                                    done.before(),
                                    flags,
                                    segments(done),
                                    done.request(),
                                    0,
                                    answer));
        }
    }

    private ByteBuf readUntilReady(int count) throws IOException {
        ByteBuf frames = Unpooled.buffer();
        int left = count;
        while (left > 0) {
            byte type;
            try {
                type = in.readByte();
            } catch (EOFException e) {
                break;
            }
            int length = in.readInt();
            frames.writeByte(type).writeInt(length);
            frames.writeBytes(in.readNBytes(length - 4));
            if (type == BackendType.READY_FOR_QUERY) {
                left--;
            }
        }
        return frames;
    }

    /** Says goodbye. */
    @Override
    public void close() throws IOException {
        end(SessionEnd.Reason.TERMINATE);
    }

    public void end(SessionEnd.Reason reason) throws IOException {
        long sentAfter = recorder.counter();
        if (reason == SessionEnd.Reason.TERMINATE) {
            ByteBuf message = Unpooled.buffer();
            FrontendMessages.terminate(message);
            out.write(ByteBufUtil.getBytes(message));
            in.readAllBytes();
        }
        socket.close();
        synchronized (recorder) {
            long doneNo = recorder.tick();
            recorder.add(lane, new SessionEnd(doneNo, session, sentAfter, doneNo, recorder.nanos(), reason, ordinal));
        }
    }
}
