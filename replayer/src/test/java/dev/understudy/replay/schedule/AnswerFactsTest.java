package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerFactsTest {
    private final ByteBuf frames = Unpooled.buffer();

    @Test
    void withoutAnErrorAllThatWasParsedCounts() {
        frame('1', "");
        frame('2', "");
        frame('1', "");
        frame('Z', "I");

        assertThat(AnswerFacts.of(frames)).isEqualTo(new AnswerFacts(null, false, 2));
    }

    @Test
    void theFirstErrorCountsAndWhatWasParsedBeforeIt() {
        frame('1', "");
        error("ERROR", "23505");
        frame('1', "");
        error("ERROR", "40001");

        assertThat(AnswerFacts.of(frames)).isEqualTo(new AnswerFacts("23505", false, 1));
    }

    @Test
    void anyErrorMayHaveEndedTheConnection() {
        error("ERROR", "57014");
        error("FATAL", "57P01");

        assertThat(AnswerFacts.of(frames)).isEqualTo(new AnswerFacts("57014", true, 0));
    }

    @Test
    void ofNothingNothingIsKnown() {
        assertThat(AnswerFacts.of(Unpooled.EMPTY_BUFFER)).isEqualTo(AnswerFacts.NONE);
    }

    private void error(String severity, String sqlState) {
        frame('E', "S" + severity + "\0V" + severity + "\0C" + sqlState + "\0Mwhy\0\0");
    }

    private void frame(char type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        frames.writeByte(type).writeInt(4 + bytes.length).writeBytes(bytes);
    }
}
