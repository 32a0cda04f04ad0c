package dev.understudy.capture;

import dev.understudy.capture.proxy.Transport;
import dev.understudy.capture.sink.ChunkSink;
import dev.understudy.capture.sink.TraceStore;
import dev.understudy.capture.tap.TapClock;
import dev.understudy.pgwire.ConnectionInfo;
import java.nio.file.Path;
import java.util.Map;

/** An agent for measurements, whose trace goes nowhere. Arguments: listen port, upstream port, database, data directory. */
final class DiscardingAgent {
    private DiscardingAgent() {}

    public static void main(String[] args) throws InterruptedException {
        CaptureConfig config = CaptureConfig.defaults(
                "perf",
                "127.0.0.1",
                Integer.parseInt(args[0]),
                new ConnectionInfo(
                        "127.0.0.1", Integer.parseInt(args[1]), args[2], "postgres", "", "disable", Map.of()),
                Map.of(),
                Path.of(args[3]));
        TraceStore nowhere = new TraceStore() {
            @Override
            public void prepare(int lanes, boolean first) {}

            @Override
            public ChunkSink open() {
                return new ChunkSink() {
                    @Override
                    public void send(int lane, byte[] chunk, Receipt receipt) {
                        receipt.acknowledged();
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        CaptureAgent agent = CaptureAgent.start(config, nowhere, TapClock.system(), Transport.best());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            agent.close();
            System.out.println(agent.ledger());
        }));
        agent.awaitTermination();
    }
}
