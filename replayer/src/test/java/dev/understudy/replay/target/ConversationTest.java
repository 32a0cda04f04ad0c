package dev.understudy.replay.target;

import static dev.understudy.replay.recorder.Frames.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.target.Conversation.Reaction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final byte IDLE = 'I';

    private final List<ArmResult> results = new ArrayList<>();

    @Test
    void endsAtItsReadyForQuery() {
        Conversation conversation = conversation(Frames.simple("SELECT 1"));

        assertThat(conversation.message(BackendType.COMMAND_COMPLETE, (byte) 0)).isEqualTo(Reaction.NONE);
        assertThat(conversation.message(BackendType.READY_FOR_QUERY, (byte) 'T'))
                .isEqualTo(Reaction.END);
        conversation.sent(1, 100);
        conversation.end(false, 170);

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.status()).isEqualTo(TransactionStatus.IN_TRANSACTION);
            assertThat(result.failed()).isFalse();
            assertThat(result.latencyNanos()).isEqualTo(70);
        });
    }

    @Test
    void aSyncBeforeTheDataIsAnsweredOnlyIfTheCopyFails() {
        ByteBuf request = frames().bind("c")
                .execute()
                .sync()
                .copyData("1\n")
                .copyDone()
                .sync()
                .bytes();
        Conversation copies = conversation(request);
        assertThat(copies.message(BackendType.COPY_IN_RESPONSE, (byte) 0)).isEqualTo(Reaction.NONE);
        assertThat(copies.message(BackendType.READY_FOR_QUERY, IDLE)).isEqualTo(Reaction.END);

        Conversation fails = conversation(request);
        fails.message(BackendType.ERROR_RESPONSE, (byte) 0);
        assertThat(fails.message(BackendType.READY_FOR_QUERY, IDLE)).isEqualTo(Reaction.NONE);
        assertThat(fails.message(BackendType.READY_FOR_QUERY, IDLE)).isEqualTo(Reaction.END);
    }

    @Test
    void aCopyThatTheRequestDoesNotFeedIsFailed() {
        assertThat(conversation(Frames.simple("COPY t FROM STDIN")).message(BackendType.COPY_IN_RESPONSE, (byte) 0))
                .isEqualTo(Reaction.FAIL_COPY);
        assertThat(conversation(frames().bind("c").execute().sync().bytes())
                        .message(BackendType.COPY_IN_RESPONSE, (byte) 0))
                .isEqualTo(Reaction.FAIL_COPY_AND_SYNC);
    }

    @Test
    void whatBreaksOffIsNeverTheSame() {
        Conversation conversation = conversation(Frames.simple("SELECT 1"));
        conversation.end(true, 5);

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.brokenOff()).isTrue();
            assertThat(result.sameAsRecorded()).isFalse();
            assertThat(result.status()).isEqualTo(TransactionStatus.UNKNOWN);
        });
    }

    private Conversation conversation(ByteBuf request) {
        return new Conversation(request, Unpooled.EMPTY_BUFFER, true, 1000, results::add);
    }
}
