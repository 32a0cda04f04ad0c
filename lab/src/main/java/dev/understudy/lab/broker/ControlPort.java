package dev.understudy.lab.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loopback port on which every command holds a connection while it lives; the system closes it, however the command
 * ends. One thread accepts, one per connection waits for its end.
 */
final class ControlPort implements AutoCloseable {
    /** What the broker answers to its token. */
    static final String WELCOME = "welcome";

    private static final Logger LOG = LoggerFactory.getLogger(ControlPort.class);
    private static final int MAX_COMMANDS = 256;
    private static final int MAX_HELLO_CHARS = 100;
    private static final int HELLO_WITHIN_MILLIS = 5_000;

    private final ServerSocket server;
    private final String token;
    private final Set<Socket> commands = ConcurrentHashMap.newKeySet();
    private final Object change = new Object();
    private long idleSinceNanos = System.nanoTime();
    private boolean closed;

    ControlPort(String token) throws IOException {
        this.token = token;
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), MAX_COMMANDS);
        daemon("control-accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits until no command has been connected for so long, or until closed. */
    void awaitIdle(Duration linger) throws InterruptedException {
        synchronized (change) {
            while (!closed) {
                if (commands.isEmpty()) {
                    long left = linger.toNanos() - (System.nanoTime() - idleSinceNanos);
                    if (left <= 0) {
                        closed = true;
                        return;
                    }
                    change.wait(left / 1_000_000, (int) (left % 1_000_000));
                } else {
                    change.wait();
                }
            }
        }
    }

    /** Lets nobody in any more; {@link #awaitIdle} returns. */
    @Override
    public void close() throws IOException {
        synchronized (change) {
            closed = true;
            change.notifyAll();
        }
        server.close();
        for (Socket command : commands) {
            command.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (!enter(socket)) {
                    socket.close();
                    continue;
                }
                daemon("control-command", () -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("cannot accept a command: {}", e.toString());
                }
            }
        }
    }

    private boolean enter(Socket socket) {
        synchronized (change) {
            return !closed && commands.size() < MAX_COMMANDS && commands.add(socket);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(HELLO_WITHIN_MILLIS);
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), MAX_HELLO_CHARS);
            if (token.equals(in.readLine())) {
                socket.getOutputStream().write((WELCOME + " " + token + "\n").getBytes(StandardCharsets.US_ASCII));
                socket.setSoTimeout(0);
                // Commands say no more: this returns when they are gone.
                in.read();
            }
        } catch (IOException e) {
            LOG.debug("a command is gone: {}", e.toString());
        } finally {
            leave(socket);
        }
    }

    private void leave(Socket socket) {
        synchronized (change) {
            commands.remove(socket);
            idleSinceNanos = System.nanoTime();
            change.notifyAll();
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
