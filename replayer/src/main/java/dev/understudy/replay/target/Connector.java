package dev.understudy.replay.target;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendKeyData;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes connections to one server and logs in on them. Runs on the context of its caller. */
final class Connector {
    private static final long CANCEL_SECONDS = 5;
    private static final int MAX_LOGIN_BYTES = 256 * 1024;

    private final NetClient client;
    private final ConnectionInfo info;

    Connector(NetClient client, ConnectionInfo info) {
        this.client = client;
        this.info = info;
    }

    /** A socket on which a session is ready; nothing listens on it any more. */
    record LoggedIn(NetSocket socket, @Nullable BackendKeyData key) {}

    /**
     * Connects and logs in.
     *
     * @return fails with {@link LoginRefused} if the server refuses, with anything else if it can't be reached
     */
    Future<LoggedIn> login(Map<String, String> startup) {
        return connect().compose(socket -> {
            Promise<LoggedIn> result = Promise.promise();
            Login login = new Login(info.user(), info.password());
            ByteBuf out = Unpooled.buffer(256);
            login.begin(startup, out);
            ByteBuf in = Unpooled.buffer(512, MAX_LOGIN_BYTES);
            socket.closeHandler(nothing -> result.tryFail(new ClosedChannelException()));
            socket.exceptionHandler(error -> {
                result.tryFail(error);
                socket.close();
            });
            socket.handler(buffer -> {
                try {
                    if (advance(login, in, ((BufferInternal) buffer).getByteBuf(), socket)) {
                        result.tryComplete(new LoggedIn(socket, login.key()));
                    }
                } catch (LoginRefused | ProtocolException | IndexOutOfBoundsException e) {
                    result.tryFail(e);
                    socket.close();
                }
            });
            socket.write(BufferInternal.buffer(out));
            return result.future();
        });
    }

    private static boolean advance(Login login, ByteBuf in, ByteBuf bytes, NetSocket socket) {
        in.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        ByteBuf out = Unpooled.buffer(256);
        boolean ready = false;
        for (FrameCursor frame = new FrameCursor(in); !ready && frame.next(); ) {
            ready = login.receive(frame.type(), frame.body(), out);
            in.readerIndex(frame.end());
        }
        in.discardReadBytes();
        if (out.isReadable()) {
            socket.write(BufferInternal.buffer(out));
        }
        return ready;
    }

    /**
     * Asks the server to cancel what a session does. It answers by closing, once it has signalled the session.
     *
     * @return completes then, and if the server cannot be asked
     */
    Future<Void> cancel(BackendKeyData key) {
        return connect()
                .compose(socket -> {
                    Promise<Void> closed = Promise.promise();
                    socket.exceptionHandler(error -> socket.close());
                    socket.closeHandler(nothing -> closed.tryComplete());
                    ByteBuf out = Unpooled.buffer(32);
                    FrontendMessages.cancelRequest(out, key.processId(), key.secretKey());
                    socket.write(BufferInternal.buffer(out));
                    return closed.future()
                            .timeout(CANCEL_SECONDS, TimeUnit.SECONDS)
                            .onFailure(late -> socket.close());
                })
                .otherwiseEmpty();
    }

    /** Closes whatever connections are left. */
    Future<Void> close() {
        return client.close();
    }

    private Future<NetSocket> connect() {
        Future<NetSocket> connected = client.connect(info.port(), info.host());
        return switch (info.sslMode()) {
            case "disable", "allow" -> connected;
            default -> connected.compose(this::negotiateTls);
        };
    }

    private Future<NetSocket> negotiateTls(NetSocket socket) {
        Promise<NetSocket> result = Promise.promise();
        socket.closeHandler(nothing -> result.tryFail(new ClosedChannelException()));
        socket.exceptionHandler(result::tryFail);
        socket.handler(answer -> {
            if (answer.length() == 1 && answer.getByte(0) == 'S') {
                socket.upgradeToSsl(tlsOptions(), info.host())
                        .onSuccess(nothing -> result.tryComplete(socket))
                        .onFailure(error -> {
                            result.tryFail(error);
                            socket.close();
                        });
            } else if (answer.length() == 1
                    && answer.getByte(0) == 'N'
                    && info.sslMode().equals("prefer")) {
                result.tryComplete(socket);
            } else {
                result.tryFail(new LoginRefused(
                        "08001", "server=" + info + " sslmode=" + info.sslMode() + ": the server has no TLS"));
                socket.close();
            }
        });
        ByteBuf out = Unpooled.buffer(8);
        FrontendMessages.sslRequest(out);
        socket.write((Buffer) BufferInternal.buffer(out));
        return result.future();
    }

    /**
     * As libpq does it: {@code require} encrypts, {@code verify-ca}, or {@code require} with a root certificate, checks who
     * signed, {@code verify-full} the name too.
     */
    private ClientSSLOptions tlsOptions() {
        ClientSSLOptions options = new ClientSSLOptions();
        String root = info.parameters().getOrDefault("sslrootcert", "");
        boolean verified = info.sslMode().startsWith("verify-")
                || info.sslMode().equals("require") && !root.isEmpty() && !root.equals("system");
        if (verified && !root.isEmpty() && !root.equals("system")) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(root));
        } else {
            options.setTrustAll(!verified);
        }
        return options.setHostnameVerificationAlgorithm(info.sslMode().equals("verify-full") ? "HTTPS" : "");
    }
}
