package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The untyped first packet of a connection: a startup message or one of the requests that stand in its place (protocol
 * chapter 55.2.1 and 55.2.8 to 55.2.10).
 */
public sealed interface StartupPacket {
    /** PostgreSQL's own bound for such a packet (MAX_STARTUP_PACKET_LENGTH), length field included. */
    int MAX_LENGTH = 10_000;

    /** A client asks for TLS. */
    record SslRequest() implements StartupPacket {}

    /** A client asks for GSSAPI encryption. */
    record GssEncRequest() implements StartupPacket {}

    /** A client asks to cancel what the backend {@code processId} is doing. {@code secretKey} is 4 to 256 bytes. */
    record CancelRequest(int processId, byte[] secretKey) implements StartupPacket {}

    /** A session's start. {@code parameters} holds {@code user}, {@code database}, {@code options} and the like. */
    record StartupMessage(int majorVersion, int minorVersion, Map<String, String> parameters) implements StartupPacket {
        /** The role to log in as; empty where the packet names none, which every server refuses. */
        public String user() {
            return parameters.getOrDefault("user", "");
        }

        /** The database: as named, else the user's name, as the server decides it. */
        public String database() {
            String database = parameters.getOrDefault("database", "");
            return database.isEmpty() ? user() : database;
        }

        /** Whether this asks for a replication connection (a walsender speaks another dialect). */
        public boolean isReplication() {
            String value = parameters.getOrDefault("replication", "");
            return !value.isEmpty()
                    && !value.equals("false")
                    && !value.equals("off")
                    && !value.equals("no")
                    && !value.equals("0");
        }
    }

    /**
     * Reads one whole packet, length field included.
     *
     * @param packet borrowed, from its length field on; indexes are not moved
     * @throws ProtocolException if the packet is none of the four
     */
    static StartupPacket decode(ByteBuf packet) {
        int start = packet.readerIndex();
        int length = packet.readableBytes();
        if (length < 8 || length > MAX_LENGTH || packet.getInt(start) != length) {
            throw new ProtocolException(
                    "startup packet: expected a length of 8 to " + MAX_LENGTH + ", found " + length);
        }
        int code = packet.getInt(start + 4);
        int major = code >>> 16;
        int minor = code & 0xffff;
        if (major != 1234) {
            return new StartupMessage(major, minor, parameters(packet, start + 8, start + length));
        }
        return switch (minor) {
            case 5679 -> new SslRequest();
            case 5680 -> new GssEncRequest();
            case 5678 -> cancel(packet, start, length);
            default -> throw new ProtocolException("startup packet: unknown request code 1234." + minor);
        };
    }

    private static CancelRequest cancel(ByteBuf packet, int start, int length) {
        if (length < 16 || length > 12 + 256) {
            throw new ProtocolException("CancelRequest: expected a key of 4 to 256 bytes, found " + (length - 12));
        }
        byte[] key = new byte[length - 12];
        packet.getBytes(start + 12, key);
        return new CancelRequest(packet.getInt(start + 8), key);
    }

    private static Map<String, String> parameters(ByteBuf packet, int from, int to) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int position = from;
        while (position < to && packet.getByte(position) != 0) {
            int nameEnd = terminator(packet, position, to);
            int valueEnd = terminator(packet, nameEnd + 1, to);
            parameters.put(
                    packet.toString(position, nameEnd - position, StandardCharsets.UTF_8),
                    packet.toString(nameEnd + 1, valueEnd - nameEnd - 1, StandardCharsets.UTF_8));
            position = valueEnd + 1;
        }
        return parameters;
    }

    private static int terminator(ByteBuf packet, int from, int to) {
        int end = from < to ? packet.indexOf(from, to, (byte) 0) : -1;
        if (end < 0) {
            throw new ProtocolException("startup packet: a parameter without its terminating zero byte");
        }
        return end;
    }
}
