package dev.understudy.lab.broker;

import java.nio.file.Path;
import java.time.Duration;

/** The process that tests start as a shared broker. */
final class TestBrokerMain {
    private TestBrokerMain() {}

    public static void main(String[] args) throws Exception {
        System.exit(BrokerProcess.run(Path.of(args[0]), Duration.ofMillis(Long.parseLong(args[1]))) ? 0 : 3);
    }
}
