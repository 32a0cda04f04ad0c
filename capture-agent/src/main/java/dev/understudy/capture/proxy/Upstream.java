package dev.understudy.capture.proxy;

import dev.understudy.pgwire.ConnectionInfo;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The captured server as the event loops see it. Names are resolved off the event loops: at the start, and again when a
 * connection fails.
 */
final class Upstream {
    private static final int CONNECT_TIMEOUT_MILLIS =
            (int) Duration.ofSeconds(30).toMillis();

    private final ConnectionInfo server;
    private final Transport transport;
    private final AtomicBoolean resolving = new AtomicBoolean();
    private volatile SocketAddress address;

    Upstream(ConnectionInfo server, Transport transport) {
        this.server = server;
        this.transport = transport;
        this.address = resolve();
    }

    private SocketAddress resolve() {
        if (server.isUnixSocket()) {
            Path socket = Path.of(server.host(), ".s.PGSQL." + server.port());
            return transport == Transport.EPOLL
                    ? new DomainSocketAddress(socket.toFile())
                    : UnixDomainSocketAddress.of(socket);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(server.host()), server.port());
        } catch (UnknownHostException e) {
            return InetSocketAddress.createUnresolved(server.host(), server.port());
        }
    }

    /** Opens a connection whose reading is switched off until its handler switches it on. */
    ChannelFuture connect(EventLoop loop, ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(server.isUnixSocket() ? transport.unixSocket : transport.tcp)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(handler);
        if (transport == Transport.EPOLL || !server.isUnixSocket()) {
            bootstrap.option(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
        if (!server.isUnixSocket()) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
        }
        return bootstrap.connect(address);
    }

    /** A connection could not be opened: the name may stand for another address by now. */
    void failed() {
        if (!server.isUnixSocket() && resolving.compareAndSet(false, true)) {
            Thread resolver = new Thread(this::resolveAgain, "understudy-resolve");
            resolver.setDaemon(true);
            resolver.start();
        }
    }

    private void resolveAgain() {
        address = resolve();
        resolving.set(false);
    }

    @Override
    public String toString() {
        return server.host() + ":" + server.port();
    }
}
