package dev.understudy.pgwire.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindBodyTest {
    private static ByteBuf body(List<Integer> formats, List<ByteBuf> values, List<Integer> resultFormats) {
        ByteBuf out = Unpooled.buffer();
        FrontendMessages.bind(out, "p", "s", formats, values, resultFormats);
        return out.slice(5, out.readableBytes() - 5);
    }

    @Test
    void namesAndFormats() {
        ByteBuf body = body(List.of(), List.of(Request.text("x")), List.of(0, 1));
        assertThat(BindBody.portal(body)).isEqualTo("p");
        assertThat(BindBody.statement(body)).isEqualTo("s");
        assertThat(BindBody.resultFormats(body)).containsExactly(0, 1);
    }

    @Test
    void parameterFormats() {
        List<ByteBuf> values = Arrays.asList(Request.text("x"), null, Request.text(""));
        assertThat(BindBody.parameters(body(List.of(), values, List.of()), List.of(23, 25)))
                .containsExactly(
                        new Parameter(23, 0, Request.text("x")),
                        new Parameter(25, 0, null),
                        new Parameter(0, 0, Request.text("")));
        assertThat(BindBody.parameters(body(List.of(1), values, List.of()), List.of()))
                .extracting(Parameter::format)
                .containsExactly(1, 1, 1);
        assertThat(BindBody.parameters(body(List.of(0, 1, 0), values, List.of()), List.of()))
                .extracting(Parameter::format)
                .containsExactly(0, 1, 0);
    }

    @Test
    void everyCutIsRefused() {
        ByteBuf body = body(List.of(1), Arrays.asList(Request.text("x"), null), List.of(1));
        for (int length = 0; length < body.readableBytes(); length++) {
            ByteBuf cut = body.slice(0, length);
            assertThatThrownBy(() -> BindBody.resultFormats(cut)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void lyingCountsAndLengthsAreRefused() {
        ByteBuf formats = Unpooled.buffer().writeShort(0).writeShort(65_535);
        assertThatThrownBy(() -> BindBody.parameters(formats, List.of())).isInstanceOf(ProtocolException.class);
        ByteBuf values = Unpooled.buffer().writeShort(0).writeShort(0).writeShort(65_535);
        assertThatThrownBy(() -> BindBody.parameters(values, List.of())).isInstanceOf(ProtocolException.class);
        for (int length : new int[] {-2, Integer.MIN_VALUE, Integer.MAX_VALUE, 9}) {
            ByteBuf value = Unpooled.buffer()
                    .writeShort(0)
                    .writeShort(0)
                    .writeShort(1)
                    .writeInt(length)
                    .writeInt(0);
            assertThatThrownBy(() -> BindBody.parameters(value, List.of())).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> BindBody.resultFormats(value)).isInstanceOf(ProtocolException.class);
        }
    }
}
