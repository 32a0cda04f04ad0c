package dev.understudy.diff.source;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks about a topic that was made a moment ago and need not be known yet to the broker that answers: again and again,
 * for a while.
 *
 * @param limit how long
 * @param nanos a clock
 * @param pause what is done before it is asked again
 */
record TopicPatience(Duration limit, LongSupplier nanos, Runnable pause) {
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    TopicPatience(Duration limit) {
        this(limit, System::nanoTime, () -> LockSupport.parkNanos(ASK_AGAIN.toNanos()));
    }

    /**
     * The answer.
     *
     * @throws UnknownTopicOrPartitionException if the topic is still unknown at the end
     */
    <T> T ask(Supplier<T> question) {
        long since = nanos.getAsLong();
        while (true) {
            try {
                return question.get();
            } catch (UnknownTopicOrPartitionException e) {
                if (nanos.getAsLong() - since > limit.toNanos()) {
                    throw e;
                }
                pause.run();
            }
        }
    }
}
