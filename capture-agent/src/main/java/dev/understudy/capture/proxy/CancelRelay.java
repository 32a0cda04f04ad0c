package dev.understudy.capture.proxy;

import dev.understudy.capture.tap.CancelFacts;
import dev.understudy.capture.tap.LoopTap;
import dev.understudy.capture.tap.SessionTap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A CancelRequest on a server connection of its own. The server answers by closing, and so do we: a client takes that
 * as the sign that the request has been dealt with.
 */
final class CancelRelay extends ChannelInboundHandlerAdapter {
    private final ProxyLoop loop;
    private final Channel client;
    private final int targetPid;
    private final @Nullable SessionTap target;
    private final long sentAfter;
    private final long nanos;
    private boolean ended;

    private CancelRelay(ProxyLoop loop, Channel client, int targetPid) {
        this.loop = loop;
        this.client = client;
        this.targetPid = targetPid;
        this.target = loop.tap().registry().byServerPid(targetPid);
        this.sentAfter = loop.tap().counter().get();
        this.nanos = loop.tap().clock().nanos();
    }

    /** Takes the packet. */
    static void start(ProxyLoop loop, Channel client, int targetPid, ByteBuf packet) {
        CancelRelay relay = new CancelRelay(loop, client, targetPid);
        loop.upstream().connect(loop.eventLoop(), relay).addListener((ChannelFutureListener) connected -> {
            if (!connected.isSuccess()) {
                packet.release();
                loop.upstream().failed();
                client.close();
                return;
            }
            if (relay.target != null) {
                relay.target.cancelled();
            }
            connected.channel().config().setAutoRead(true);
            connected.channel().writeAndFlush(packet);
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (ended) {
            return;
        }
        ended = true;
        LoopTap tap = loop.tap();
        int serial = target == null ? 0 : target.serial();
        tap.writer()
                .cancel(new CancelFacts(
                        serial, targetPid, sentAfter, tap.counter().get(), nanos));
        client.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
