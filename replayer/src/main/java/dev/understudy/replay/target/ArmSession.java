package dev.understudy.replay.target;

import dev.understudy.pgwire.frame.MessageWalker;
import dev.understudy.pgwire.message.BackendKeyData;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.ParameterStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session on an arm's server, logged in. Runs on its server's context. */
public final class ArmSession {
    private static final String COPY_FAIL_TEXT = "the recorded request brings no data";

    private final NetSocket socket;
    private final @Nullable BackendKeyData key;
    private final SessionRole role;
    private final Ticks ticks;
    private final MessageWalker walker = new MessageWalker();
    private final Deque<Conversation> underWay = new ArrayDeque<>();
    private boolean closed;
    private boolean roleLost;
    private int escapes;
    private @Nullable Runnable whenClosed;

    ArmSession(NetSocket socket, @Nullable BackendKeyData key, SessionRole role, Ticks ticks) {
        this.socket = socket;
        this.key = key;
        this.role = role;
        this.ticks = ticks;
        socket.handler(buffer -> received(((BufferInternal) buffer).getByteBuf()));
        socket.exceptionHandler(error -> socket.close());
        socket.closeHandler(nothing -> closed());
    }

    /** The server's process id, 0 if it sent none. */
    public int processId() {
        return key == null ? 0 : key.processId();
    }

    /** What a cancel request has to name; null if the server sent none. */
    @Nullable BackendKeyData key() {
        return key;
    }

    /**
     * How often something led the session to the login's role that nobody could see beforehand (a function that sets
     * {@code session_authorization}); what followed it in the same exchange ran with that role's rights.
     */
    public int escapes() {
        return escapes;
    }

    /** Whether something can be sent. */
    public boolean isOpen() {
        return !closed;
    }

    /** Writes requests in one go. On a closed session they end at once, broken off. */
    public void send(List<Conversation> conversations) {
        if (closed) {
            long now = ticks.nanos();
            conversations.forEach(conversation -> {
                conversation.sent(ticks.wallMicros(), now);
                conversation.end(true, now);
            });
            return;
        }
        int bytes = 0;
        for (Conversation conversation : conversations) {
            bytes += conversation.request().readableBytes();
        }
        ByteBuf out = Unpooled.buffer(Math.max(1, bytes));
        long wallMicros = ticks.wallMicros();
        long nanos = ticks.nanos();
        for (Conversation conversation : conversations) {
            ByteBuf request = conversation.request();
            out.writeBytes(request, request.readerIndex(), request.readableBytes());
            conversation.sent(wallMicros, nanos);
            underWay.addLast(conversation);
        }
        write(out);
    }

    private void write(ByteBuf out) {
        Buffer buffer = BufferInternal.buffer(out);
        socket.write(buffer);
    }

    private void received(ByteBuf bytes) {
        int limit = bytes.writerIndex();
        int start = bytes.readerIndex();
        walker.begin(bytes, start, limit - start);
        while (walker.next()) {
            if (walker.type() == BackendType.PARAMETER_STATUS) {
                watchRole(bytes);
            }
            Conversation current = underWay.peekFirst();
            if (current == null) {
                start = walker.end(); // notifications and the like between exchanges
                continue;
            }
            switch (current.message(walker.type(), bytes.getByte(walker.end() - 1))) {
                case NONE -> {}
                case END -> {
                    current.append(bytes, start, walker.end() - start);
                    start = walker.end();
                    ended(current);
                }
                case FAIL_COPY -> failCopy(false);
                case FAIL_COPY_AND_SYNC -> failCopy(true);
            }
        }
        if (walker.isPoisoned()) {
            socket.close();
            return;
        }
        Conversation current = underWay.peekFirst();
        if (current != null) {
            current.append(bytes, start, limit - start);
        }
    }

    private void ended(Conversation conversation) {
        underWay.removeFirst();
        if (roleLost) {
            roleLost = false;
            takeRole();
        }
        conversation.end(false, ticks.nanos());
    }

    private void failCopy(boolean sync) {
        ByteBuf out = Unpooled.buffer(64);
        FrontendMessages.copyFail(out, COPY_FAIL_TEXT);
        if (sync) {
            FrontendMessages.sync(out);
        }
        write(out);
    }

    /** DISCARD ALL and the like bring a session back to the role that logged in, which is not the captured one. */
    private void watchRole(ByteBuf bytes) {
        int from = walker.end() - walker.bodyLength();
        boolean whole = from - MessageWalker.HEADER_LENGTH >= bytes.readerIndex();
        if (role.mustBeTaken()
                && (!whole || role.isLostBy(ParameterStatus.decode(bytes.slice(from, walker.bodyLength()))))) {
            roleLost = true;
            Conversation current = underWay.peekFirst();
            escapes += current != null && !current.leadsToLogin() ? 1 : 0;
        }
    }

    /** Takes the captured role, ahead of whatever is sent later. */
    private void takeRole() {
        send(List.of(role.taking(result -> {})));
    }

    /** Says goodbye; {@code whenDone} is called when the server has closed, at once if it already has. */
    public void terminate(Runnable whenDone) {
        if (closed) {
            whenDone.run();
            return;
        }
        whenClosed = whenDone;
        ByteBuf out = Unpooled.buffer(8);
        FrontendMessages.terminate(out);
        write(out);
    }

    /** Closes without a word; what is under way ends broken off. */
    public void abort() {
        if (!closed) {
            socket.close();
            closed();
        }
    }

    private void closed() {
        if (closed) {
            return;
        }
        closed = true;
        long now = ticks.nanos();
        for (Conversation conversation = underWay.pollFirst();
                conversation != null;
                conversation = underWay.pollFirst()) {
            conversation.end(true, now);
        }
        if (whenClosed != null) {
            whenClosed.run();
        }
    }
}
