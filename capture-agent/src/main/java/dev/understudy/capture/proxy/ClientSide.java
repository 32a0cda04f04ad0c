package dev.understudy.capture.proxy;

import dev.understudy.capture.tap.SessionTap;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.StartupPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: its first packets are answered here, as far as they have to be, then everything goes to the
 * session's relay.
 *
 * <pre>
 *   FIRST_PACKET ──SSLRequest, GSSENCRequest: answered N──► FIRST_PACKET
 *        │ ├──CancelRequest──► CANCELLING ──► closed
 *        │ └──no startup packet, too late──► closed
 *        └──StartupMessage──► CONNECTING ──► RELAYING ──► closed
 * </pre>
 */
final class ClientSide extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

    private enum State {
        FIRST_PACKET,
        CANCELLING,
        CONNECTING,
        RELAYING,
        CLOSED
    }

    /** PostgreSQL's own default for authentication_timeout. */
    private static final long FIRST_PACKET_SECONDS = 60;

    private static final int SHORTEST_PACKET = 8;
    private static final byte TLS_HANDSHAKE = 0x16;
    private static final byte NOT_ENCRYPTED = 'N';

    private final ProxyLoop loop;
    private State state = State.FIRST_PACKET;
    private @Nullable ByteBuf first;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean sslRefused;
    private boolean gssRefused;
    private boolean inputEnded;
    private @Nullable Relay relay;

    ClientSide(ProxyLoop loop) {
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timeout = ctx.executor()
                .schedule(() -> refuse(ctx, "no startup packet in time"), FIRST_PACKET_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (relay != null) {
            relay.fromClient(bytes);
        } else if (state == State.FIRST_PACKET || state == State.CONNECTING) {
            ByteBuf before = first;
            if (before == null) {
                first = bytes;
            } else {
                before.writeBytes(bytes);
                bytes.release();
            }
            firstPackets(ctx);
        } else {
            bytes.release();
        }
    }

    private void firstPackets(ChannelHandlerContext ctx) {
        while (state == State.FIRST_PACKET) {
            ByteBuf bytes = first;
            if (bytes == null || !bytes.isReadable()) {
                return;
            }
            if (bytes.getByte(bytes.readerIndex()) == TLS_HANDSHAKE) {
                refuse(ctx, "TLS without asking first is not spoken here");
                return;
            }
            if (bytes.readableBytes() < Integer.BYTES) {
                return;
            }
            int length = bytes.getInt(bytes.readerIndex());
            if (length < SHORTEST_PACKET || length > StartupPacket.MAX_LENGTH) {
                refuse(ctx, "no startup packet");
                return;
            }
            if (bytes.readableBytes() < length) {
                bytes.ensureWritable(length);
                return;
            }
            try {
                packet(ctx, StartupPacket.decode(bytes.slice(bytes.readerIndex(), length)), length);
            } catch (ProtocolException e) {
                refuse(ctx, e.getMessage());
            }
        }
    }

    private void packet(ChannelHandlerContext ctx, StartupPacket packet, int length) {
        if (packet instanceof StartupPacket.StartupMessage startup) {
            connect(ctx, startup);
        } else if (packet instanceof StartupPacket.CancelRequest cancel) {
            state = State.CANCELLING;
            cancelTimeout();
            ByteBuf copy = ctx.alloc().buffer(length).writeBytes(taken(), length);
            release();
            CancelRelay.start(loop, ctx.channel(), cancel.processId(), copy);
        } else {
            boolean ssl = packet instanceof StartupPacket.SslRequest;
            if (ssl ? sslRefused : gssRefused) {
                refuse(ctx, "asked twice for encryption");
                return;
            }
            sslRefused |= ssl;
            gssRefused |= !ssl;
            taken().skipBytes(length);
            ctx.writeAndFlush(ctx.alloc().buffer(1).writeByte(NOT_ENCRYPTED));
        }
    }

    private ByteBuf taken() {
        return java.util.Objects.requireNonNull(first);
    }

    private void connect(ChannelHandlerContext ctx, StartupPacket.StartupMessage startup) {
        state = State.CONNECTING;
        cancelTimeout();
        Channel client = ctx.channel();
        client.config().setAutoRead(false);
        long startedAfter = loop.tap().counter().get();
        ServerSide serverSide = new ServerSide();
        loop.upstream().connect(loop.eventLoop(), serverSide).addListener((ChannelFutureListener) connected -> {
            if (!connected.isSuccess()) {
                noServer(ctx, connected.cause());
            } else if (state == State.CLOSED) {
                connected.channel().close();
            } else {
                relay(client, connected.channel(), serverSide, startup, startedAfter);
            }
        });
    }

    private void noServer(ChannelHandlerContext ctx, Throwable cause) {
        LOG.warn(
                "upstream={}: no connection for client={}: {}",
                loop.upstream(),
                ctx.channel().remoteAddress(),
                cause.toString());
        loop.upstream().failed();
        state = State.CLOSED;
        release();
        ctx.writeAndFlush(FatalError.NO_SERVER.encode(ctx.alloc())).addListener(ChannelFutureListener.CLOSE);
    }

    private void relay(
            Channel client,
            Channel server,
            ServerSide serverSide,
            StartupPacket.StartupMessage startup,
            long startedAfter) {
        state = State.RELAYING;
        SessionTap tap = new SessionTap(
                loop.tap(), startup, address(client.remoteAddress()), address(server.remoteAddress()), startedAfter);
        Relay to = new Relay(loop, client, server, tap);
        relay = to;
        serverSide.relay(to);
        ByteBuf bytes = taken();
        first = null;
        server.write(bytes.readRetainedSlice(bytes.getInt(bytes.readerIndex())));
        if (bytes.isReadable()) {
            to.fromClient(bytes);
        } else {
            bytes.release();
        }
        server.flush();
        if (inputEnded) {
            to.clientInputEnded();
        }
        to.updateReading();
    }

    private static String address(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(address);
    }

    private void refuse(ChannelHandlerContext ctx, @Nullable String why) {
        LOG.debug("client={}: refused: {}", ctx.channel().remoteAddress(), why);
        state = State.CLOSED;
        release();
        ctx.close();
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private void release() {
        if (first != null) {
            first.release();
            first = null;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (relay != null) {
            relay.clientReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (relay != null) {
            relay.updateReading();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent)) {
            return;
        }
        inputEnded = true;
        if (relay != null) {
            relay.clientInputEnded();
        } else if (state == State.FIRST_PACKET) {
            refuse(ctx, "closed before a startup packet");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.CLOSED;
        cancelTimeout();
        release();
        if (relay != null) {
            relay.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("client={}: connection ends: {}", ctx.channel().remoteAddress(), cause.toString());
        ctx.close();
    }
}
