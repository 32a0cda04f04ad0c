package dev.understudy.replay.oid;

import static dev.understudy.replay.recorder.Frames.frames;
import static dev.understudy.replay.recorder.Frames.simple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.recorder.Exchanges;
import dev.understudy.replay.schedule.Treatment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LargeObjectsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT lo_creat(-1) | SELECT pg_catalog.lo_create(16999) AS lo_creat",
                "select pg_catalog.LO_CREAT( 131072 ); | SELECT pg_catalog.lo_create(16999) AS LO_CREAT",
                "SELECT lo_create(0) AS made | SELECT lo_create(16999) AS made",
                "SELECT lo_from_bytea(0, $1) | SELECT lo_from_bytea(16999, $1)"
            })
    void whatLeavesTheChoiceToTheServerGetsItsChoice(String sql, String expected) {
        assertThat(LargeObjects.numbered(sql, "16999")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT lo_create(7)",
                "SELECT lo_get(0)",
                "SELECT lo_creat(-1), 1",
                "INSERT INTO docs VALUES (lo_creat(-1))",
                "SELECT 'lo_creat(-1)'"
            })
    void everythingElseStays(String sql) {
        assertThat(LargeObjects.numbered(sql, "16999")).isNull();
    }

    @Test
    void aStatementIsPutWithTheNumberOfItsOnlyRow() {
        ByteBuf text = row(Unpooled.copiedBuffer("16999", StandardCharsets.US_ASCII));
        ByteBuf binary = row(Unpooled.copyInt(16_999));

        assertThat(LargeObjects.numbered(simple("SELECT lo_create(0)"), text))
                .isEqualTo(simple("SELECT lo_create(16999)"));
        assertThat(LargeObjects.numbered(simple("SELECT LO_CREATE(0)"), binary))
                .isEqualTo(simple("SELECT LO_CREATE(16999)"));
        assertThat(LargeObjects.numbered(
                        frames().extended("SELECT lo_from_bytea(0, $1)", "x")
                                .sync()
                                .bytes(),
                        text))
                .isEqualTo(frames().extended("SELECT lo_from_bytea(16999, $1)", "x")
                        .sync()
                        .bytes());
    }

    @Test
    void onlyWhatIsSentAsRecordedIsNumbered() {
        ByteBuf sql = simple("SELECT lo_create(0)");
        ByteBuf answer = row(Unpooled.copiedBuffer("16999", StandardCharsets.US_ASCII));
        int[] rewritten = new int[1];
        LargeObjects objects = new LargeObjects(() -> rewritten[0]++);

        assertThat(objects.forArm(Exchanges.run("app", sql, answer, null, Treatment.SEND), 0, sql))
                .isEqualTo(simple("SELECT lo_create(16999)"));
        assertThat(objects.forArm(Exchanges.run("app", sql, answer, "57014", new Treatment.Force("57014")), 0, sql))
                .isSameAs(sql);
        assertThat(rewritten).containsExactly(1);
    }

    @Test
    void whatMayRunAgainOrTellsMoreThanOneValueStays() {
        ByteBuf text = row(Unpooled.copiedBuffer("16999", StandardCharsets.US_ASCII));
        ByteBuf twice = Unpooled.wrappedBuffer(text.duplicate(), text.duplicate());
        ByteBuf two = row(Unpooled.copyInt(1), Unpooled.copyInt(2));
        ByteBuf sql = simple("SELECT lo_create(0)");

        assertThat(LargeObjects.numbered(
                        frames().parse("s", "SELECT lo_create(0)")
                                .bind("s")
                                .execute()
                                .sync()
                                .bytes(),
                        text))
                .isNull();
        assertThat(LargeObjects.numbered(sql, twice)).isNull();
        assertThat(LargeObjects.numbered(sql, two)).isNull();
        assertThat(LargeObjects.numbered(
                        sql,
                        row(Unpooled.copiedBuffer("many", StandardCharsets.US_ASCII)
                                .writerIndex(3))))
                .isNull();
        assertThat(LargeObjects.numbered(simple("SELECT 1"), text)).isNull();
        assertThat(LargeObjects.numbered(frames().sync().bytes(), text)).isNull();
        assertThat(LargeObjects.numbered(Unpooled.EMPTY_BUFFER, text)).isNull();
    }

    private static ByteBuf row(ByteBuf... columns) {
        ByteBuf body = Unpooled.buffer().writeShort(columns.length);
        for (ByteBuf column : columns) {
            body.writeInt(column.readableBytes()).writeBytes(column.duplicate());
        }
        return Unpooled.buffer()
                .writeByte('D')
                .writeInt(4 + body.readableBytes())
                .writeBytes(body);
    }

    @Test
    void anErrorTellsNoNumber() {
        ByteBuf error = Unpooled.buffer().writeByte('E').writeInt(4);

        assertThat(LargeObjects.numbered(simple("SELECT lo_creat(-1)"), error)).isNull();
        assertThat(LargeObjects.numbered(
                        frames().functionCall(957, Unpooled.copyInt(1)).bytes(), error))
                .isNull();
    }

    @Test
    void aCallIsPutInTheSameBytes() {
        ByteBuf answer =
                Unpooled.buffer().writeByte('V').writeInt(12).writeInt(4).writeInt(16_999);
        ByteBuf call = Unpooled.buffer()
                .writeZero(3)
                .writeBytes(frames().functionCall(957, Unpooled.copyInt(-1)).bytes())
                .skipBytes(3);

        ByteBuf numbered = LargeObjects.numbered(call, answer);

        assertThat(numbered)
                .isEqualTo(frames().functionCall(715, Unpooled.copyInt(16_999)).bytes());
        assertThat(LargeObjects.numbered(
                        frames().functionCall(715, Unpooled.copyInt(5)).bytes(), answer))
                .as("the client's choice")
                .isNull();
    }
}
