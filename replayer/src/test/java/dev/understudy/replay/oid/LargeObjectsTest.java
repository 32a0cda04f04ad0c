package dev.understudy.replay.oid;

import static dev.understudy.replay.recorder.Frames.frames;
import static dev.understudy.replay.recorder.Frames.simple;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
        ByteBuf call = frames().functionCall(957, Unpooled.copyInt(-1)).bytes();

        ByteBuf numbered = LargeObjects.numbered(call, answer);

        assertThat(numbered)
                .isEqualTo(frames().functionCall(715, Unpooled.copyInt(16_999)).bytes());
        assertThat(LargeObjects.numbered(
                        frames().functionCall(715, Unpooled.copyInt(5)).bytes(), answer))
                .as("the client's choice")
                .isNull();
    }
}
