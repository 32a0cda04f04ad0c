package dev.understudy.pgwire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWalkerTest {
    private final MessageWalker walker = new MessageWalker();

    private static ByteBuf frames(int... bodyLengths) {
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < bodyLengths.length; i++) {
            // bodies full of what looks like a header
            out.writeByte('A' + i % 26).writeInt(4 + bodyLengths[i]).writeBytes(new byte[bodyLengths[i]]);
        }
        return out;
    }

    /** Each message as type:bodyLength@end, counted from the stream's start. */
    private List<String> walk(ByteBuf stream, int... cuts) {
        List<String> found = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : stream.writerIndex();
            // a fresh copy at another index each time: nothing may hang on to an earlier buffer
            ByteBuf piece = Unpooled.buffer().writeZero(3).writeBytes(stream, from, to - from);
            walker.begin(piece, 3, to - from);
            while (walker.next()) {
                found.add((char) walker.type() + ":" + walker.bodyLength() + "@" + (from + walker.end() - 3));
            }
            from = to;
        }
        return found;
    }

    @Test
    void wholeMessagesInOneBuffer() {
        assertThat(walk(frames(0, 3, 0, 100))).containsExactly("A:0@5", "B:3@13", "C:0@18", "D:100@123");
        assertThat(walker.isBetweenMessages()).isTrue();
    }

    @Test
    void everySplitIntoTwo() {
        ByteBuf stream = frames(0, 7, 0, 1, 20);
        List<String> whole = walk(stream);
        for (int cut = 0; cut <= stream.writerIndex(); cut++) {
            assertThat(walk(stream, cut)).as("cut=%d", cut).isEqualTo(whole);
            assertThat(walker.isBetweenMessages()).isTrue();
        }
    }

    @Test
    void everySplitIntoThree() {
        ByteBuf stream = frames(2, 0, 9);
        List<String> whole = walk(stream);
        for (int first = 0; first <= stream.writerIndex(); first++) {
            for (int second = first; second <= stream.writerIndex(); second++) {
                assertThat(walk(stream, first, second))
                        .as("cuts=%d,%d", first, second)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void byteByByte() {
        ByteBuf stream = frames(5, 0, 4);
        int[] cuts = new int[stream.writerIndex() - 1];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i + 1;
        }
        assertThat(walk(stream, cuts)).containsExactly("A:5@10", "B:0@15", "C:4@24");
    }

    @Test
    void whetherAMessageIsUnderWay() {
        ByteBuf stream = frames(3);
        for (int length = 0; length <= stream.writerIndex(); length++) {
            MessageWalker fresh = new MessageWalker();
            fresh.begin(stream, 0, length);
            boolean ended = fresh.next();
            assertThat(ended).isEqualTo(length == 8);
            assertThat(fresh.isBetweenMessages()).isEqualTo(length == 0 || length == 8);
            assertThat(fresh.isPoisoned()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, -1, -4, Integer.MIN_VALUE})
    void aLengthThatCannotBeFollowedPoisonsAtEverySplit(int length) {
        ByteBuf stream = frames(1).writeByte('Q').writeInt(length).writeBytes(frames(0, 0, 0));
        for (int cut = 0; cut <= stream.writerIndex(); cut++) {
            MessageWalker fresh = new MessageWalker();
            int messages = 0;
            for (int[] piece : new int[][] {{0, cut}, {cut, stream.writerIndex() - cut}}) {
                fresh.begin(stream, piece[0], piece[1]);
                while (fresh.next()) {
                    messages++;
                }
            }
            assertThat(messages).as("cut=%d", cut).isEqualTo(1);
            assertThat(fresh.isPoisoned()).isTrue();
            assertThat(fresh.isBetweenMessages()).isFalse();
        }
    }

    @Test
    void poisonIsFinal() {
        walk(Unpooled.buffer().writeByte('Q').writeInt(3));
        assertThat(walker.isPoisoned()).isTrue();
        assertThat(walk(frames(0, 0))).isEmpty();
        assertThat(walker.isPoisoned()).isTrue();
    }

    @Test
    void theLongestMessageIsFollowedWithoutBeingThere() {
        ByteBuf head =
                Unpooled.buffer().writeByte('d').writeInt(Integer.MAX_VALUE).writeZero(100);
        assertThat(walk(head)).isEmpty();
        assertThat(walker.isPoisoned()).isFalse();
        assertThat(walker.isBetweenMessages()).isFalse();
        ByteBuf piece = Unpooled.buffer(1 << 20).writeZero(1 << 20);
        long left = Integer.MAX_VALUE - 4L - 100;
        while (left > 0) {
            int step = (int) Math.min(left, piece.readableBytes());
            walker.begin(piece, 0, step);
            left -= step;
            assertThat(walker.next()).isEqualTo(left == 0);
        }
        assertThat(walker.bodyLength()).isEqualTo(Integer.MAX_VALUE - 4);
        assertThat(walker.isBetweenMessages()).isTrue();
    }

    @Test
    void everyTypeByteIsFollowed() {
        for (int type = 0; type < 256; type++) {
            walker.begin(Unpooled.buffer().writeByte(type).writeInt(4), 0, 5);
            assertThat(walker.next()).isTrue();
            assertThat(walker.type()).isEqualTo((byte) type);
        }
    }

    @Test
    void movesNoIndexes() {
        ByteBuf stream = frames(3, 3);
        stream.readerIndex(8);
        walker.begin(stream, 8, 8);
        assertThat(walker.next()).isTrue();
        assertThat(walker.end()).isEqualTo(16);
        assertThat(stream.readerIndex()).isEqualTo(8);
    }

    /** The runtime itself allocates on a thread now and then (compiling, linking); a walker that does, does each time. */
    @Test
    void allocatesNothing() {
        ByteBuf stream = frames(0, 20, 300);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            int messages = walkInPieces(stream, 1000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertThat(messages).isEqualTo(3000);
        }
        assertThat(least).isZero();
    }

    private int walkInPieces(ByteBuf stream, int times) {
        int messages = 0;
        for (int i = 0; i < times; i++) {
            for (int from = 0; from < stream.writerIndex(); from += 7) {
                walker.begin(stream, from, Math.min(7, stream.writerIndex() - from));
                while (walker.next()) {
                    messages++;
                }
            }
        }
        return messages;
    }
}
