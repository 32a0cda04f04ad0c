package dev.understudy.pgwire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FrameProperties {
    /** The walker over any pieces and the cursor over the whole find the same messages. */
    @Property
    void walkerAndCursorAgree(@ForAll("streams") byte[] stream, @ForAll("pieces") List<Integer> pieces) {
        MessageWalker walker = new MessageWalker();
        ByteBuf whole = Unpooled.wrappedBuffer(stream);
        FrameCursor cursor = new FrameCursor(whole);
        int from = 0;
        for (int i = 0; from < stream.length; i++) {
            int length = Math.min(pieces.get(i % pieces.size()), stream.length - from);
            walker.begin(whole, from, length);
            while (walker.next()) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.type()).isEqualTo(walker.type());
                assertThat(cursor.end()).isEqualTo(walker.end());
                assertThat(cursor.bodyLength()).isEqualTo(walker.bodyLength());
            }
            from += length;
        }
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.isCutOff()).isEqualTo(!walker.isBetweenMessages());
    }

    @Property
    void theCursorStaysInsideItsBuffer(@ForAll byte[] garbage) {
        ByteBuf buffer = Unpooled.wrappedBuffer(garbage);
        int end = 0;
        for (FrameCursor cursor = new FrameCursor(buffer); cursor.next(); ) {
            assertThat(cursor.start()).isEqualTo(end);
            assertThat(cursor.end()).isGreaterThanOrEqualTo(end + 5).isLessThanOrEqualTo(garbage.length);
            assertThat(cursor.body().readableBytes()).isEqualTo(cursor.bodyLength());
            assertThat(cursor.frame().readableBytes()).isEqualTo(cursor.bodyLength() + 5);
            end = cursor.end();
        }
    }

    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<byte[]> frame = Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(12)
                .map(body -> {
                    ByteBuf out = Unpooled.buffer()
                            .writeByte('x')
                            .writeInt(4 + body.length)
                            .writeBytes(body);
                    byte[] bytes = new byte[out.readableBytes()];
                    out.readBytes(bytes);
                    return bytes;
                });
        Arbitrary<byte[]> piece = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(20, frame),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.bytes().array(byte[].class).ofMaxSize(9)));
        return piece.list().ofMaxSize(12).map(list -> {
            ByteBuf out = Unpooled.buffer();
            list.forEach(out::writeBytes);
            byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            return bytes;
        });
    }

    @Provide
    Arbitrary<List<Integer>> pieces() {
        return Arbitraries.integers().between(1, 20).list().ofMinSize(1).ofMaxSize(8);
    }
}
