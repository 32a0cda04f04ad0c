package dev.understudy.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to listen.
 *
 * @param host a name or an address; empty for every interface
 * @param port 0 for any free one
 */
record HostAndPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Reads {@code host:port}, {@code [address]:port} or {@code :port}. */
    static final class Converter implements ITypeConverter<HostAndPort> {
        @Override
        public HostAndPort convert(String text) {
            return read(text, "expected HOST:PORT such as 127.0.0.1:6432, or :6432 for every interface");
        }
    }

    /** Reads the same, but {@code :port} is on this host only. */
    static final class OnLoopback implements ITypeConverter<HostAndPort> {
        private static final String LOOPBACK = "127.0.0.1";

        @Override
        public HostAndPort convert(String text) {
            HostAndPort read = read(text, "expected HOST:PORT such as 0.0.0.0:9464, or :9464 for this host only");
            return read.host().isEmpty() ? new HostAndPort(LOOPBACK, read.port()) : read;
        }
    }

    private static HostAndPort read(String text, String expected) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (colon < 0
                || !bracketed && host.contains(":")
                || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new TypeConversionException(expected + ", found '" + text + "'");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > MAX_PORT) {
            throw new TypeConversionException(expected + ", found '" + text + "'");
        }
        return new HostAndPort(host, port);
    }
}
