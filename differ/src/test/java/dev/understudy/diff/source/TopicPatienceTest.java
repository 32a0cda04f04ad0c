package dev.understudy.diff.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TopicPatienceTest {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final AtomicLong now = new AtomicLong(17);
    private final AtomicInteger asked = new AtomicInteger();
    private final TopicPatience patience =
            new TopicPatience(Duration.ofSeconds(1), now::get, () -> now.addAndGet(PAUSE.toNanos()));

    @Test
    void aTopicNotKnownYetIsAskedForAgain() {
        assertThat(patience.ask(knownAfter(3))).isEqualTo("known");
        assertThat(asked).hasValue(4);
    }

    @Test
    void anAnswerIsTakenAtOnce() {
        assertThat(patience.ask(knownAfter(0))).isEqualTo("known");
        assertThat(now).hasValue(17);
    }

    @Test
    void aTopicThatStaysUnknownIsGivenUpAfterTheLimit() {
        assertThatThrownBy(() -> patience.ask(knownAfter(Integer.MAX_VALUE)))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(asked)
                .as("at the beginning, and after each of 20 pauses and one more")
                .hasValue(22);
    }

    @Test
    void anyOtherErrorIsNotWaitedOut() {
        assertThatThrownBy(() -> patience.ask(() -> {
                    throw new TopicAuthorizationException("no");
                }))
                .isInstanceOf(TopicAuthorizationException.class);
        assertThat(now).hasValue(17);
    }

    private Supplier<String> knownAfter(int refusals) {
        return () -> {
            if (asked.getAndIncrement() < refusals) {
                throw new UnknownTopicOrPartitionException("topic");
            }
            return "known";
        };
    }
}
