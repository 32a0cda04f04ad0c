package dev.understudy.capture.proxy;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** The kernel interface that the channels use: epoll where it loads, else the JDK's selector. */
public enum Transport {
    /** Linux epoll. */
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class, EpollDomainSocketChannel.class),
    /** The JDK's. */
    NIO(NioServerSocketChannel.class, NioSocketChannel.class, NioDomainSocketChannel.class);

    final Class<? extends ServerChannel> listener;
    final Class<? extends Channel> tcp;
    final Class<? extends Channel> unixSocket;

    Transport(
            Class<? extends ServerChannel> listener,
            Class<? extends Channel> tcp,
            Class<? extends Channel> unixSocket) {
        this.listener = listener;
        this.tcp = tcp;
        this.unixSocket = unixSocket;
    }

    /** The best one that works here. */
    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    IoHandlerFactory handlers() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }
}
