package dev.understudy.pgwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.message.StartupPacket.CancelRequest;
import dev.understudy.pgwire.message.StartupPacket.GssEncRequest;
import dev.understudy.pgwire.message.StartupPacket.SslRequest;
import dev.understudy.pgwire.message.StartupPacket.StartupMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupPacketTest {
    private static ByteBuf startup(Map<String, String> parameters) {
        ByteBuf out = Unpooled.buffer();
        FrontendMessages.startup(out, parameters);
        return out;
    }

    @Test
    void startup() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "ann");
        parameters.put("database", "shop");
        parameters.put("options", "-c x=é");
        assertThat(StartupPacket.decode(startup(parameters)))
                .isEqualTo(new StartupMessage(3, 0, parameters))
                .isInstanceOfSatisfying(StartupMessage.class, message -> {
                    assertThat(message.user()).isEqualTo("ann");
                    assertThat(message.database()).isEqualTo("shop");
                    assertThat(message.isReplication()).isFalse();
                });
    }

    @Test
    void theDatabaseIsTheUsersByDefault() {
        assertThat(new StartupMessage(3, 0, Map.of("user", "ann")).database()).isEqualTo("ann");
        assertThat(new StartupMessage(3, 0, Map.of("user", "ann", "database", "")).database())
                .isEqualTo("ann");
        assertThat(new StartupMessage(3, 0, Map.of()).user()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "on,true",
        "database,true",
        "1,true",
        "false,false",
        "off,false",
        "no,false",
        "0,false",
        "'',false"
    })
    void replication(String value, boolean expected) {
        assertThat(new StartupMessage(3, 0, Map.of("replication", value)).isReplication())
                .isEqualTo(expected);
    }

    @Test
    void requestsInItsPlace() {
        ByteBuf ssl = Unpooled.buffer();
        FrontendMessages.sslRequest(ssl);
        assertThat(StartupPacket.decode(ssl)).isEqualTo(new SslRequest());
        assertThat(StartupPacket.decode(
                        Unpooled.buffer().writeInt(8).writeShort(1234).writeShort(5680)))
                .isEqualTo(new GssEncRequest());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 32, 256})
    void cancelKeysOfEitherProtocol(int length) {
        byte[] key = new byte[length];
        key[length - 1] = 7;
        ByteBuf packet = Unpooled.buffer();
        FrontendMessages.cancelRequest(packet, 4711, key);
        assertThat(StartupPacket.decode(packet)).isInstanceOfSatisfying(CancelRequest.class, cancel -> {
            assertThat(cancel.processId()).isEqualTo(4711);
            assertThat(cancel.secretKey()).isEqualTo(key);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 257})
    void cancelKeysOfNoProtocol(int length) {
        ByteBuf packet = Unpooled.buffer();
        FrontendMessages.cancelRequest(packet, 4711, new byte[length]);
        assertThatThrownBy(() -> StartupPacket.decode(packet)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void otherVersionsAreReadToo() {
        ByteBuf packet =
                Unpooled.buffer().writeInt(9).writeShort(3).writeShort(2).writeByte(0);
        assertThat(StartupPacket.decode(packet)).isEqualTo(new StartupMessage(3, 2, Map.of()));
    }

    @Test
    void everyCutIsRefused() {
        ByteBuf packet = startup(Map.of("user", "ann"));
        for (int length = 0; length < packet.readableBytes(); length++) {
            ByteBuf cut = packet.slice(0, length);
            assertThatThrownBy(() -> StartupPacket.decode(cut)).isInstanceOf(ProtocolException.class);
        }
    }

    /** The length is right but the content is cut off: strings without an end, never read past the packet. */
    @Test
    void everyCutWithAFittingLength() {
        ByteBuf packet = startup(Map.of("user", "ann"));
        for (int length = 8; length < packet.readableBytes(); length++) {
            ByteBuf cut = packet.copy(0, length).setInt(0, length);
            boolean betweenParameters = length == 8 || length == packet.readableBytes() - 1;
            if (betweenParameters) {
                assertThat(StartupPacket.decode(cut)).isInstanceOf(StartupMessage.class);
            } else {
                assertThatThrownBy(() -> StartupPacket.decode(cut)).isInstanceOf(ProtocolException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 7, 9, 10_001, Integer.MAX_VALUE})
    void aLyingLengthIsRefused(int length) {
        assertThatThrownBy(() ->
                        StartupPacket.decode(Unpooled.buffer().writeInt(length).writeInt(3 << 16)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("expected a length of 8 to 10000");
    }

    @Test
    void anUnknownRequestIsRefused() {
        assertThatThrownBy(() -> StartupPacket.decode(
                        Unpooled.buffer().writeInt(8).writeShort(1234).writeShort(1)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1234.1");
    }
}
