package dev.understudy.capture.proxy;

import dev.understudy.capture.tap.SessionTap;
import dev.understudy.trace.entry.SessionEnd;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session: two channels on one event loop, bytes from either to the other as they come, an end of either passed on
 * as TCP would have done without us. The tap looks on; whatever it throws, the bytes go on.
 *
 * <p>A side is read only while the other takes what is written to it. Belongs to its event loop.
 */
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** What the records of one read may need beyond its bytes. */
    private static final int RECORD_SLACK = 64 * 1024;

    private final ProxyLoop loop;
    private final Channel client;
    private final Channel server;
    private final SessionTap tap;

    /** Read from the client and not forwarded yet: sent before authentication has ended, or waiting for room. */
    private final Deque<ByteBuf> heldFromClient = new ArrayDeque<>();
    /** The same from the server, only ever waiting for room. */
    private final Deque<ByteBuf> heldFromServer = new ArrayDeque<>();

    private boolean waitsForReady;
    private boolean waitsForRoom;
    private boolean endPassedOn;
    private boolean clientEnded;
    private boolean serverEnded;
    private boolean closed;

    Relay(ProxyLoop loop, Channel client, Channel server, SessionTap tap) {
        this.loop = loop;
        this.client = client;
        this.server = server;
        this.tap = tap;
        loop.add(this);
    }

    boolean isIdle() {
        return tap.isIdle();
    }

    /** Takes the buffer. */
    void fromClient(ByteBuf bytes) {
        if (closed) {
            bytes.release();
        } else if (!heldFromClient.isEmpty() || lacksRoom(bytes)) {
            heldFromClient.add(bytes);
            pause();
        } else {
            forwardToServer(bytes);
            pause();
        }
    }

    private void forwardToServer(ByteBuf bytes) {
        int length = bytes.readableBytes();
        int now = length;
        try {
            now = tap.clientRead(bytes);
        } catch (RuntimeException e) {
            tapFailed(e);
        }
        if (now < length) {
            waitsForReady = true;
            heldFromClient.addFirst(bytes.retainedSlice(bytes.readerIndex() + now, length - now));
            bytes.writerIndex(bytes.readerIndex() + now);
        }
        server.write(bytes, server.voidPromise());
    }

    /** Takes the buffer. */
    void fromServer(ByteBuf bytes) {
        if (closed) {
            bytes.release();
        } else if (!heldFromServer.isEmpty() || lacksRoom(bytes)) {
            heldFromServer.add(bytes);
            pause();
        } else {
            forwardToClient(bytes);
            pause();
        }
    }

    private void forwardToClient(ByteBuf bytes) {
        boolean ready = false;
        try {
            ready = tap.serverRead(bytes);
        } catch (RuntimeException e) {
            tapFailed(e);
            ready = true;
        }
        client.write(bytes, client.voidPromise());
        if (ready && waitsForReady) {
            waitsForReady = false;
            forwardHeld();
            server.flush();
            updateReading();
        }
    }

    private void tapFailed(RuntimeException e) {
        LOG.error("client={}: recording of the session ends here, it is relayed unread", client.remoteAddress(), e);
        try {
            tap.failed();
        } catch (RuntimeException again) {
            LOG.error("client={}: and this could not be recorded", client.remoteAddress(), again);
        }
    }

    /** In the blocking mode: whether the bytes have to wait until the recorder has given pages back. */
    private boolean lacksRoom(ByteBuf bytes) {
        if (!loop.isBlocking() || loop.tap().writer().room() >= bytes.readableBytes() + RECORD_SLACK) {
            return false;
        }
        if (!waitsForRoom) {
            waitsForRoom = true;
            loop.waitForRoom(this);
        }
        return true;
    }

    /** There may be room again. */
    void resume() {
        waitsForRoom = false;
        forwardHeld();
        server.flush();
        client.flush();
        updateReading();
        passEndsOn();
    }

    private void forwardHeld() {
        while (!closed && !heldFromServer.isEmpty() && !lacksRoom(heldFromServer.getFirst())) {
            forwardToClient(heldFromServer.removeFirst());
        }
        while (!closed && !waitsForReady && !heldFromClient.isEmpty() && !lacksRoom(heldFromClient.getFirst())) {
            forwardToServer(heldFromClient.removeFirst());
        }
    }

    void clientReadComplete() {
        server.flush();
    }

    void serverReadComplete() {
        client.flush();
    }

    /** Stops reading a side that the other side cannot follow. */
    private void pause() {
        if (!server.isWritable() || !heldFromClient.isEmpty()) {
            client.config().setAutoRead(false);
            server.flush();
        }
        if (!client.isWritable() || !heldFromServer.isEmpty()) {
            server.config().setAutoRead(false);
            client.flush();
        }
    }

    /** A side can take more again. */
    void updateReading() {
        if (closed) {
            return;
        }
        client.config().setAutoRead(server.isWritable() && heldFromClient.isEmpty());
        server.config().setAutoRead(client.isWritable() && heldFromServer.isEmpty());
    }

    /** The client will send no more. */
    void clientInputEnded() {
        if (!clientEnded) {
            clientEnded = true;
            passEndsOn();
        }
    }

    /** The server will send no more: to PostgreSQL's clients that is the connection's end. */
    void serverInputEnded() {
        if (!serverEnded) {
            serverEnded = true;
            passEndsOn();
        }
    }

    private void passEndsOn() {
        if (closed) {
            return;
        }
        if (serverEnded && heldFromServer.isEmpty()) {
            end(clientEnded ? SessionEnd.Reason.CLIENT_CLOSED : SessionEnd.Reason.SERVER_CLOSED);
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            server.close();
        } else if (clientEnded && !endPassedOn && (heldFromClient.isEmpty() || waitsForReady)) {
            endPassedOn = true;
            tapClientEnded();
            while (!heldFromClient.isEmpty()) {
                server.write(heldFromClient.removeFirst());
            }
            server.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
                if (server instanceof DuplexChannel duplex) {
                    duplex.shutdownOutput();
                }
            });
        }
    }

    private void tapClientEnded() {
        try {
            tap.clientEnded();
        } catch (RuntimeException e) {
            tapFailed(e);
        }
    }

    /** The client's connection is gone altogether. */
    void clientGone() {
        if (!closed) {
            tapClientEnded();
            end(SessionEnd.Reason.CLIENT_CLOSED);
            server.close();
        }
    }

    /** The server's connection is gone altogether. */
    void serverGone() {
        if (!closed) {
            end(clientEnded ? SessionEnd.Reason.CLIENT_CLOSED : SessionEnd.Reason.SERVER_CLOSED);
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** The agent ends the session. */
    void shutDown() {
        if (closed) {
            return;
        }
        boolean idle = tap.isIdle();
        end(SessionEnd.Reason.AGENT);
        if (idle) {
            client.writeAndFlush(FatalError.SHUTDOWN.encode(client.alloc())).addListener(ChannelFutureListener.CLOSE);
        } else {
            client.close();
        }
        server.close();
    }

    private void end(SessionEnd.Reason reason) {
        closed = true;
        loop.remove(this);
        heldFromClient.forEach(ByteBuf::release);
        heldFromClient.clear();
        heldFromServer.forEach(ByteBuf::release);
        heldFromServer.clear();
        try {
            tap.ended(reason);
        } catch (RuntimeException e) {
            LOG.error("client={}: the session's end could not be recorded", client.remoteAddress(), e);
        }
    }
}
