package dev.understudy.replay.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AnswerCollectorProperties {
    private static final int PLENTY = 1 << 20;

    @Property
    void theSameBytesInWhateverPiecesAreTheSame(
            @ForAll @Size(max = 200) byte[] answer, @ForAll @IntRange(min = 1, max = 20) int piece) {
        AnswerCollector collector = collect(answer, answer, piece, PLENTY);

        assertThat(collector.isSame()).isTrue();
        assertThat(collector.frames().readableBytes()).isZero();
        assertThat(collector.truncated()).isZero();
    }

    @Property
    void otherBytesAreKeptWhole(
            @ForAll @Size(max = 100) byte[] expected,
            @ForAll @Size(max = 100) byte[] answer,
            @ForAll @IntRange(min = 1, max = 20) int piece) {
        AnswerCollector collector = collect(expected, answer, piece, PLENTY);

        assertThat(collector.isSame()).isEqualTo(Arrays.equals(expected, answer));
        if (!collector.isSame()) {
            assertThat(ByteBufUtil.getBytes(collector.frames())).isEqualTo(answer);
        }
    }

    @Property
    void aDifferenceNearTheEndBringsBackWhatWasNotCopied(
            @ForAll @Size(min = 1, max = 100) byte[] expected, @ForAll @IntRange(min = 1, max = 20) int piece) {
        byte[] answer = expected.clone();
        answer[answer.length - 1]++;

        assertThat(ByteBufUtil.getBytes(collect(expected, answer, piece, PLENTY).frames()))
                .isEqualTo(answer);
    }

    @Property
    void whatIsBeyondTheBoundIsCounted(
            @ForAll @Size(max = 100) byte[] answer,
            @ForAll @IntRange(min = 1, max = 20) int piece,
            @ForAll @IntRange(min = 1, max = 50) int bound) {
        AnswerCollector collector = new AnswerCollector(Unpooled.EMPTY_BUFFER, false, bound);
        feed(collector, answer, piece);

        assertThat(ByteBufUtil.getBytes(collector.frames()))
                .isEqualTo(Arrays.copyOf(answer, Math.min(bound, answer.length)));
        assertThat(collector.truncated()).isEqualTo(Math.max(0, answer.length - bound));
    }

    private static AnswerCollector collect(byte[] expected, byte[] answer, int piece, int bound) {
        AnswerCollector collector = new AnswerCollector(Unpooled.wrappedBuffer(expected), true, bound);
        feed(collector, answer, piece);
        return collector;
    }

    private static void feed(AnswerCollector collector, byte[] answer, int piece) {
        ByteBuf bytes = Unpooled.wrappedBuffer(answer);
        for (int at = 0; at < answer.length; at += piece) {
            collector.append(bytes, at, Math.min(piece, answer.length - at));
        }
    }
}
