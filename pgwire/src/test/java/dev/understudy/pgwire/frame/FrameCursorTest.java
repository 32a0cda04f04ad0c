package dev.understudy.pgwire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCursorTest {
    private static ByteBuf twoFrames() {
        return Unpooled.buffer()
                .writeByte('Q')
                .writeInt(6)
                .writeBytes(new byte[] {'x', 0})
                .writeByte('S')
                .writeInt(4);
    }

    @Test
    void iteratesFromReaderToWriterIndex() {
        ByteBuf buffer = Unpooled.buffer().writeZero(2).writeBytes(twoFrames()).writeZero(9);
        buffer.setIndex(2, 2 + 12);
        FrameCursor cursor = new FrameCursor(buffer);
        assertThat(cursor.next()).isTrue();
        assertThat((char) cursor.type()).isEqualTo('Q');
        assertThat(cursor.start()).isEqualTo(2);
        assertThat(cursor.end()).isEqualTo(9);
        assertThat(cursor.body()).isEqualTo(Unpooled.wrappedBuffer(new byte[] {'x', 0}));
        assertThat(cursor.frame().readableBytes()).isEqualTo(7);
        assertThat(cursor.next()).isTrue();
        assertThat((char) cursor.type()).isEqualTo('S');
        assertThat(cursor.bodyLength()).isZero();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.isCutOff()).isFalse();
        assertThat(buffer.readerIndex()).isEqualTo(2);
    }

    @Test
    void everyCut() {
        ByteBuf buffer = twoFrames();
        for (int length = 0; length <= 12; length++) {
            FrameCursor cursor = new FrameCursor(buffer.slice(0, length));
            int frames = 0;
            while (cursor.next()) {
                frames++;
            }
            assertThat(frames).isEqualTo(length < 7 ? 0 : length < 12 ? 1 : 2);
            assertThat(cursor.isCutOff()).isEqualTo(length != 0 && length != 7 && length != 12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 5})
    void aLengthThatDoesNotFitEndsIt(int length) {
        FrameCursor cursor = new FrameCursor(Unpooled.buffer().writeByte('Q').writeInt(length));
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.isCutOff()).isTrue();
    }
}
