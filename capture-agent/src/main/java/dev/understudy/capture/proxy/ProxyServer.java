package dev.understudy.capture.proxy;

import dev.understudy.capture.CaptureException;
import dev.understudy.capture.counter.SharedCounter;
import dev.understudy.capture.tap.LoopTap;
import dev.understudy.capture.tap.SessionRegistry;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.capture.tap.TapPages;
import dev.understudy.capture.tap.TapWriter;
import dev.understudy.pgwire.ConnectionInfo;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket and its event loops, one for each lane. May be used from any thread but an event loop's.
 */
public final class ProxyServer {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final long DRAIN_POLL_MILLIS = 10;

    private final EventLoopGroup group;
    private final Map<EventLoop, ProxyLoop> loops = new IdentityHashMap<>();
    private final Transport transport;
    private @Nullable Channel listener;

    /**
     * Event loops that are ready to listen.
     *
     * @param pages one set of pages for each loop; the recorder of the same index reads them
     * @param blocking whether clients wait where no page is free
     */
    public ProxyServer(
            Transport transport,
            ConnectionInfo upstream,
            List<TapPages> pages,
            SharedCounter counter,
            TapClock clock,
            Duration pageInterval,
            boolean blocking) {
        this.transport = transport;
        group = new MultiThreadIoEventLoopGroup(
                pages.size(), new DefaultThreadFactory("understudy-loop", true), transport.handlers());
        Upstream server = new Upstream(upstream, transport);
        SessionRegistry registry = new SessionRegistry();
        int lane = 0;
        for (EventExecutor executor : group) {
            EventLoop loop = (EventLoop) executor;
            TapWriter writer = new TapWriter(pages.get(lane), counter);
            LoopTap tap = new LoopTap(writer, counter, clock, registry, loop);
            ProxyLoop proxyLoop = new ProxyLoop(loop, tap, server, blocking);
            loops.put(loop, proxyLoop);
            long nanos = pageInterval.toNanos();
            loop.scheduleWithFixedDelay(proxyLoop::flushTap, nanos, nanos, TimeUnit.NANOSECONDS);
            lane++;
        }
    }

    /**
     * Listens.
     *
     * @throws CaptureException if the address cannot be bound
     */
    public void listen(String host, int port) {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(transport.listener)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ProxyLoop loop = java.util.Objects.requireNonNull(loops.get(channel.eventLoop()));
                        channel.pipeline().addLast(new ClientSide(loop));
                    }
                })
                .bind(host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new CaptureException(
                    CaptureException.Category.INVALID,
                    "listen=" + host + ":" + port + ": " + bound.cause().getMessage() + "; choose another address",
                    bound.cause());
        }
        listener = bound.channel();
    }

    /** The port that clients connect to. */
    public int port() {
        Channel open = listener;
        if (open == null) {
            throw new IllegalStateException("not listening");
        }
        return ((InetSocketAddress) open.localAddress()).getPort();
    }

    /**
     * Accepts no more, ends sessions as they become idle and, after {@code deadline}, all others; then hands every
     * record over and ends the loops.
     */
    public void close(Duration deadline) {
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        long end = System.nanoTime() + deadline.toNanos();
        List<ProxyLoop> open = new ArrayList<>(loops.values());
        while (!open.isEmpty()) {
            boolean all = System.nanoTime() >= end;
            open.removeIf(loop -> isDrained(loop, all));
            if (!open.isEmpty() && (!sleep() || System.nanoTime() >= end + CLOSE_TIMEOUT.toNanos())) {
                break;
            }
        }
        group.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * CLOSE_TIMEOUT.toMillis());
    }

    private static boolean isDrained(ProxyLoop loop, boolean all) {
        return loop.eventLoop()
                .submit(() -> {
                    loop.drain(all);
                    loop.flushTap();
                    return loop.isDrained();
                })
                .awaitUninterruptibly()
                .getNow();
    }

    private static boolean sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
