package dev.understudy.lab.broker;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a shared broker serves.
 *
 * @param bootstrapServers for Kafka clients
 * @param controlPort the loopback port on which commands say that they are there
 * @param token what both sides show on the control port: another process may have got the port of a dead broker
 * @param pid the broker's process
 */
record BrokerAddress(String bootstrapServers, int controlPort, String token, long pid) {
    String format() {
        return "bootstrap=" + bootstrapServers + "\ncontrol=" + controlPort + "\ntoken=" + token + "\npid=" + pid
                + "\n";
    }

    /** The address in a file's text; empty if it is no address. */
    static Optional<BrokerAddress> parse(String text) {
        Properties p = new Properties();
        try {
            p.load(new StringReader(text));
            return Optional.of(new BrokerAddress(
                    required(p, "bootstrap"),
                    Integer.parseInt(required(p, "control")),
                    required(p, "token"),
                    Long.parseLong(required(p, "pid"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String required(Properties p, String key) {
        String value = p.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("missing " + key);
        }
        return value;
    }
}
