package dev.understudy.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Finds ports of the loopback address that nobody listens on. Another process may take one before it is used, so
 * whoever binds it has to be ready to ask again.
 */
public final class FreePort {
    private FreePort() {}

    /**
     * One port that was free a moment ago.
     *
     * @throws IOException if the system has none
     */
    public static int find() throws IOException {
        return find(1)[0];
    }

    /** Whether nobody listens on a port at this moment. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Several different ports that were free a moment ago.
     *
     * @param count how many
     * @throws IOException if the system has not that many
     */
    public static int[] find(int count) throws IOException {
        ServerSocket[] sockets = new ServerSocket[count];
        int[] ports = new int[count];
        try {
            for (int i = 0; i < count; i++) {
                sockets[i] = new ServerSocket();
                sockets[i].bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
                ports[i] = sockets[i].getLocalPort();
            }
        } finally {
            for (ServerSocket socket : sockets) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
        return ports;
    }
}
