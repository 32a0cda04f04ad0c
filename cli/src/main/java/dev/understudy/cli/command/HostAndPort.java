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
            int colon = text.lastIndexOf(':');
            String host = text.substring(0, Math.max(0, colon));
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            if (bracketed) {
                host = host.substring(1, host.length() - 1);
            }
            if (colon < 0
                    || !bracketed && host.contains(":")
                    || !text.substring(colon + 1).matches("\\d{1,5}")) {
                throw expected(text);
            }
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port > MAX_PORT) {
                throw expected(text);
            }
            return new HostAndPort(host, port);
        }

        private static TypeConversionException expected(String text) {
            return new TypeConversionException(
                    "expected HOST:PORT such as 127.0.0.1:6432, or :6432 for every interface, found '" + text + "'");
        }
    }
}
