package dev.understudy.pgwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.frame.FrameCursor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FrontendMessagesTest {
    /** Bytes written behind others, to see that nothing counts from zero. */
    private static String hex(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer().writeZero(3);
        writer.accept(out);
        return ByteBufUtil.hexDump(out, 3, out.readableBytes() - 3);
    }

    private static FrontendMessage decoded(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        FrameCursor cursor = new FrameCursor(out);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.end()).isEqualTo(out.writerIndex());
        return FrontendMessage.decode(cursor.type(), cursor.body());
    }

    /** Bytes as chapter 55.7 lays them out. */
    @Test
    void goldens() {
        assertThat(hex(FrontendMessages::sslRequest)).isEqualTo("0000000804d2162f");
        assertThat(hex(out -> FrontendMessages.cancelRequest(out, 1, new byte[] {2, 3, 4, 5})))
                .isEqualTo("0000001004d2162e0000000102030405");
        assertThat(hex(out -> FrontendMessages.startup(out, java.util.Map.of("user", "a"))))
                .isEqualTo("0000001000030000" + "7573657200" + "6100" + "00");
        assertThat(hex(out -> FrontendMessages.query(out, "é"))).isEqualTo("5100000007c3a900");
        assertThat(hex(out -> FrontendMessages.password(out, "p"))).isEqualTo("70000000067000");
        assertThat(hex(out -> FrontendMessages.saslInitialResponse(out, "S", new byte[] {'x'})))
                .isEqualTo("700000000b53000000000178");
        assertThat(hex(out -> FrontendMessages.saslInitialResponse(out, "S", null)))
                .isEqualTo("700000000a5300ffffffff");
        assertThat(hex(out -> FrontendMessages.saslResponse(out, new byte[] {'x'})))
                .isEqualTo("700000000578");
        assertThat(hex(out -> FrontendMessages.parse(out, "s", "q", List.of(23))))
                .isEqualTo("500000000e" + "7300" + "7100" + "0001" + "00000017");
        assertThat(hex(out -> FrontendMessages.bind(
                        out,
                        "p",
                        "s",
                        List.of(0, 1),
                        Arrays.asList(Unpooled.buffer().writeByte('v'), null),
                        List.of(1))))
                .isEqualTo("420000001d" + "7000" + "7300" + "000200000001" + "0002" + "0000000176" + "ffffffff"
                        + "00010001");
        assertThat(hex(out -> FrontendMessages.describeStatement(out, "s"))).isEqualTo("4400000007537300");
        assertThat(hex(out -> FrontendMessages.describePortal(out, ""))).isEqualTo("44000000065000");
        assertThat(hex(out -> FrontendMessages.execute(out, "", 7))).isEqualTo("45000000090000000007");
        assertThat(hex(out -> FrontendMessages.closeStatement(out, "s"))).isEqualTo("4300000007537300");
        assertThat(hex(out -> FrontendMessages.closePortal(out, ""))).isEqualTo("43000000065000");
        assertThat(hex(FrontendMessages::sync)).isEqualTo("5300000004");
        assertThat(hex(FrontendMessages::flush)).isEqualTo("4800000004");
        assertThat(hex(FrontendMessages::terminate)).isEqualTo("5800000004");
        assertThat(hex(out -> FrontendMessages.copyData(out, Unpooled.buffer().writeByte('v'))))
                .isEqualTo("640000000576");
        assertThat(hex(FrontendMessages::copyDone)).isEqualTo("6300000004");
        assertThat(hex(out -> FrontendMessages.copyFail(out, "n"))).isEqualTo("66000000066e00");
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(decoded(out -> FrontendMessages.query(out, "select 1")))
                .isEqualTo(new FrontendMessage.Query("select 1"));
        assertThat(decoded(out -> FrontendMessages.parse(out, "s", "q", List.of(23, 0))))
                .isEqualTo(new FrontendMessage.Parse("s", "q", List.of(23, 0)));
        assertThat(decoded(out -> FrontendMessages.describeStatement(out, "s")))
                .isEqualTo(new FrontendMessage.Describe(true, "s"));
        assertThat(decoded(out -> FrontendMessages.describePortal(out, "p")))
                .isEqualTo(new FrontendMessage.Describe(false, "p"));
        assertThat(decoded(out -> FrontendMessages.closePortal(out, "p")))
                .isEqualTo(new FrontendMessage.Close(false, "p"));
        assertThat(decoded(out -> FrontendMessages.execute(out, "p", 5)))
                .isEqualTo(new FrontendMessage.Execute("p", 5));
        assertThat(decoded(FrontendMessages::sync)).isEqualTo(new FrontendMessage.Plain(FrontendType.SYNC));
        assertThat(decoded(out -> FrontendMessages.bind(out, "p", "s", List.of(), List.of(), List.of())))
                .isInstanceOfSatisfying(FrontendMessage.Bind.class, bind -> {
                    assertThat(bind.portal()).isEqualTo("p");
                    assertThat(bind.statement()).isEqualTo("s");
                });
    }

    @Test
    void aZeroCharacterWouldEndTheStringEarly() {
        assertThatThrownBy(() -> FrontendMessages.query(Unpooled.buffer(), "select 1\0; drop table t"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void indexesOfValuesAreNotMoved() {
        ByteBuf value = Unpooled.buffer().writeInt(1).writeInt(2).readerIndex(4);
        String bind = hex(out -> FrontendMessages.bind(out, "", "", List.of(1), List.of(value), List.of()));
        assertThat(bind).contains("0000000400000002").doesNotContain("00000001" + "00000002");
        assertThat(value.readerIndex()).isEqualTo(4);
    }

    @Test
    void aCutMessageIsRefused() {
        ByteBuf out = Unpooled.buffer();
        FrontendMessages.parse(out, "s", "q", List.of(23));
        for (int length = 0; length < out.readableBytes() - 5; length++) {
            ByteBuf cut = out.slice(5, length);
            assertThatThrownBy(() -> FrontendMessage.decode(FrontendType.PARSE, cut))
                    .isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> FrontendMessage.decode(
                        FrontendType.DESCRIBE, Unpooled.buffer().writeByte('x').writeByte(0)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("expected S (statement) or P (portal)");
    }
}
