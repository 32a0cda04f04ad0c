package dev.understudy.pgwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendMessagesTest {
    private static ByteBuf strings(ByteBuf out, String... values) {
        for (String value : values) {
            out.writeCharSequence(value, StandardCharsets.UTF_8);
            out.writeByte(0);
        }
        return out;
    }

    private static void everyCutIsRefused(ByteBuf body, Function<ByteBuf, ?> decoder) {
        assertThat(decoder.apply(body)).isNotNull();
        for (int length = 0; length < body.readableBytes(); length++) {
            ByteBuf cut = body.slice(0, length);
            assertThatThrownBy(() -> decoder.apply(cut)).as("length=%d", length).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void authentication() {
        assertThat(Authentication.decode(Unpooled.buffer().writeInt(0))).isEqualTo(new Authentication.Ok());
        assertThat(Authentication.decode(Unpooled.buffer().writeInt(3)))
                .isEqualTo(new Authentication.CleartextPassword());
        assertThat(Authentication.decode(Unpooled.buffer().writeInt(5).writeInt(0x01020304)))
                .isInstanceOfSatisfying(
                        Authentication.Md5.class, md5 -> assertThat(md5.salt()).containsExactly(1, 2, 3, 4));
        ByteBuf sasl = strings(Unpooled.buffer().writeInt(10), "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "");
        assertThat(Authentication.decode(sasl))
                .isEqualTo(new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")));
        assertThat(Authentication.decode(Unpooled.buffer().writeInt(11).writeByte('r')))
                .isInstanceOfSatisfying(
                        Authentication.SaslContinue.class,
                        next -> assertThat(next.data()).containsExactly('r'));
        assertThat(Authentication.decode(Unpooled.buffer().writeInt(12).writeByte('v')))
                .isInstanceOfSatisfying(
                        Authentication.SaslFinal.class,
                        last -> assertThat(last.data()).containsExactly('v'));
        assertThat(Authentication.decode(Unpooled.buffer().writeInt(7))).isEqualTo(new Authentication.Unsupported(7));
    }

    @Test
    void cutsAreRefused() {
        everyCutIsRefused(Unpooled.buffer().writeInt(5).writeInt(1), Authentication::decode);
        everyCutIsRefused(strings(Unpooled.buffer().writeInt(10), "SCRAM-SHA-256", ""), Authentication::decode);
        everyCutIsRefused(strings(Unpooled.buffer(), "TimeZone", "UTC"), ParameterStatus::decode);
        everyCutIsRefused(Unpooled.buffer().writeByte('T'), ReadyForQuery::decode);
        everyCutIsRefused(Unpooled.buffer().writeShort(2).writeInt(23).writeInt(25), ParameterDescription::decode);
        everyCutIsRefused(strings(Unpooled.buffer(), "SELECT 1"), CommandTag::text);
        everyCutIsRefused(rowDescription(), RowDescription::decode);
        everyCutIsRefused(
                Unpooled.buffer().writeShort(2).writeInt(-1).writeInt(1).writeByte('x'), DataRow::columns);
    }

    private static ByteBuf rowDescription() {
        ByteBuf body = strings(Unpooled.buffer().writeShort(2), "a");
        body.writeInt(16_384)
                .writeShort(3)
                .writeInt(23)
                .writeShort(4)
                .writeInt(-1)
                .writeShort(1);
        return strings(body, "b")
                .writeInt(0)
                .writeShort(0)
                .writeInt(25)
                .writeShort(-1)
                .writeInt(-1)
                .writeShort(0);
    }

    @Test
    void columnsAreDescribed() {
        assertThat(RowDescription.decode(rowDescription()).fields())
                .containsExactly(new Field("a", 16_384, 3, 23, 4, -1, 1), new Field("b", 0, 0, 25, -1, -1, 0));
    }

    @Test
    void backendKey() {
        BackendKeyData data =
                BackendKeyData.decode(Unpooled.buffer().writeInt(99).writeInt(7).writeInt(8));
        assertThat(data.processId()).isEqualTo(99);
        assertThat(data.secretKey()).hasSize(8);
    }

    @Test
    void parameterStatus() {
        assertThat(ParameterStatus.decode(strings(Unpooled.buffer(), "server_version", "15.8")))
                .isEqualTo(new ParameterStatus("server_version", "15.8"));
    }

    @Test
    void readyForQuery() {
        assertThat(ReadyForQuery.decode(Unpooled.buffer().writeByte('E')).status())
                .isEqualTo(TransactionStatus.FAILED);
        assertThat(ReadyForQuery.decode(Unpooled.buffer().writeByte('x')).status())
                .isEqualTo(TransactionStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "INSERT 0 5,INSERT,5",
        "SELECT 12,SELECT,12",
        "BEGIN,BEGIN,-1",
        "CREATE TABLE,CREATE TABLE,-1",
        "COPY 3,COPY,3",
        "MERGE 9223372036854775807,MERGE,9223372036854775807",
        "INSERT 0 99999999999999999999,INSERT,-1",
        "'','',-1"
    })
    void commandTags(String text, String command, long rows) {
        assertThat(CommandTag.parse(text)).isEqualTo(new CommandTag(command, rows));
    }

    @Test
    void rowsAreViews() {
        ByteBuf body = Unpooled.buffer()
                .writeByte(9)
                .writeShort(3)
                .writeInt(2)
                .writeBytes(new byte[] {'a', 'b'})
                .writeInt(-1)
                .writeInt(0)
                .writeByte(9)
                .setIndex(1, 17);
        List<ByteBuf> columns = DataRow.columns(body);
        assertThat(columns).hasSize(3);
        assertThat(columns.get(0).toString(StandardCharsets.UTF_8)).isEqualTo("ab");
        assertThat(columns.get(1)).isNull();
        assertThat(columns.get(2).readableBytes()).isZero();
        body.setByte(7, 'c');
        assertThat(columns.get(0).toString(StandardCharsets.UTF_8)).isEqualTo("cb");
        assertThat(body.readerIndex()).isEqualTo(1);
        assertThat(body.refCnt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-2", "-2147483648", "5", "2147483647"})
    void aLyingColumnLengthIsRefused(int length) {
        ByteBuf body = Unpooled.buffer().writeShort(1).writeInt(length).writeInt(0);
        assertThatThrownBy(() -> DataRow.columns(body))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("column 1 of 1");
    }

    @Test
    void lyingCountsAreRefused() {
        assertThatThrownBy(() -> DataRow.columns(Unpooled.buffer().writeShort(65_535)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("65535 columns");
        assertThatThrownBy(() -> DataRow.columns(Unpooled.buffer().writeShort(0).writeByte(1)))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> RowDescription.decode(Unpooled.buffer().writeShort(65_535)))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> ParameterDescription.decode(Unpooled.buffer().writeShort(65_535)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void errors() {
        ByteBuf body = strings(Unpooled.buffer(), "SERROR", "VERROR", "C23505", "Mduplicate key", "P17")
                .writeByte(0);
        ServerMessage error = ServerMessage.decode(body);
        assertThat(error.sqlState()).isEqualTo("23505");
        assertThat(error.text()).isEqualTo("duplicate key");
        assertThat(error.isFatal()).isFalse();
        for (int length = 0; length < body.readableBytes(); length++) {
            assertThat(ServerMessage.decode(body.slice(0, length)).fields().size())
                    .isLessThanOrEqualTo(5);
        }
        assertThat(ServerMessage.decode(Unpooled.EMPTY_BUFFER).sqlState()).isEqualTo("XX000");
    }
}
