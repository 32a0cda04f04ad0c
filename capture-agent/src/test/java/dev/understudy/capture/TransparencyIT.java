package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.capture.proxy.Transport;
import dev.understudy.lab.LabServers;
import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.Gap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same scripts without and with the agent in between: not a byte may differ, and every byte is in the trace. */
class TransparencyIT {
    @TempDir
    Path dataDir;

    private record Bytes(byte[] sent, byte[] received) {}

    private static Map<String, Bytes> runAll(RawClient client) throws Exception {
        Map<String, Bytes> all = new LinkedHashMap<>();
        for (Map.Entry<String, Scripts.Script> script : Scripts.all().entrySet()) {
            client.sent.reset();
            client.received.reset();
            script.getValue().run(client);
            all.put(script.getKey(), new Bytes(client.sent.toByteArray(), client.received.toByteArray()));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"EPOLL,false", "EPOLL,true", "NIO,false"})
    void sameBytesAsWithoutAgent(Transport transport, boolean byteByByte) throws Exception {
        String original = LabServers.freshDatabase();
        LabServers.postgres().execute(original, Scripts.SETUP);
        String copy = LabServers.uniqueName("copy");
        LabServers.postgres().copyDatabase(original, copy);
        Map<String, Bytes> direct;
        try (RawClient client = RawClient.login(LabServers.postgres().port(), original)) {
            direct = runAll(client);
        }
        try (AgentUnderTest agent =
                AgentUnderTest.start(dataDir, copy, TransparencyIT::wholeResults, new MemoryTraceStore(), transport)) {
            Map<String, Bytes> through;
            try (RawClient client = RawClient.login(agent.port(), agent.database, byteByByte)) {
                through = runAll(client);
                client.send(FrontendMessages::terminate);
            }
            direct.forEach((name, bytes) -> {
                assertThat(through.get(name).sent.length).as(name).isEqualTo(bytes.sent.length);
                assertThat(Arrays.mismatch(through.get(name).received, bytes.received))
                        .as(name)
                        .isEqualTo(-1);
            });
            recorded(agent.finish(), direct);
        }
    }

    private static CaptureConfig wholeResults(CaptureConfig config) {
        return config.withLimits(config.limits().withMaxResultBytes(64 << 20));
    }

    /** All requests end to end are what was sent, all answers end to end what was received. */
    private static void recorded(RecordedTrace trace, Map<String, Bytes> direct) {
        assertThat(trace.all(Gap.class)).isEmpty();
        List<Exchange> exchanges = trace.exchanges();
        ByteBuf requests = Unpooled.buffer();
        ByteBuf answers = Unpooled.buffer();
        for (Exchange exchange : exchanges) {
            requests.writeBytes(exchange.request().duplicate());
            answers.writeBytes(exchange.answer().frames().duplicate());
        }
        ByteBuf sent = Unpooled.buffer();
        ByteBuf received = Unpooled.buffer();
        direct.values().forEach(bytes -> {
            sent.writeBytes(bytes.sent);
            received.writeBytes(bytes.received);
        });
        assertThat(ByteBufUtil.equals(requests, sent)).isTrue();
        assertThat(ByteBufUtil.equals(answers, received)).isTrue();
    }
}
