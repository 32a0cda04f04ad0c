package dev.understudy.replay.schedule;

import static dev.understudy.replay.generated.GeneratedSamples.brings;
import static dev.understudy.replay.generated.GeneratedSamples.uses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.generated.Generated;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What uses a generated value is not sent before whoever brings it has been answered on every arm. */
class DependenceTest {
    private static final Pipelining SOME = new Pipelining(4, 1 << 20);

    static Stream<Schedule> schedules() {
        return Stream.of(
                new SerialSchedule(SOME, false),
                new SessionSchedule(SOME, false, 10),
                new CausalSchedule(SOME, false, run -> List.of()));
    }

    private static Task add(Schedule schedule, long session, long sentAfter, long doneNo, Generated generated) {
        RecordedExchange exchange =
                Works.exchange(session, doneNo, sentAfter, doneNo, TransactionStatus.IDLE, "SELECT 1");
        Work.Run run = new Work.Run(
                Works.session(session),
                Place.ofAny(doneNo, Place.FIRST),
                exchange,
                Treatment.SEND,
                List.of(),
                generated,
                null);
        Task task = Works.task(run);
        schedule.add(task);
        return task;
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void aSessionIsNotWrittenAheadOfTheAnswerThatBringsAValue(Schedule schedule) {
        Task insert = add(schedule, 1, 0, 1, brings(42));
        Task other = add(schedule, 1, 1, 2, Generated.NONE);
        Task use = add(schedule, 1, 2, 3, uses(42));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(insert, other);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(insert, true);
        schedule.done(other, true);
        assertThat(schedule.next(0)).containsExactly(use);
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void anotherSessionWaitsForTheAnswerThatBringsAValue(Schedule schedule) {
        Task insert = add(schedule, 1, 0, 1, brings(42));
        Task use = add(schedule, 2, 1, 2, uses(42));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(insert);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(insert, true);
        assertThat(schedule.next(0)).containsExactly(use);
        schedule.done(use, true);
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void whatWasReadBeforeTheAnswerDoesNotWait() {
        SessionSchedule schedule = new SessionSchedule(SOME, false, 10);
        Task insert = add(schedule, 1, 0, 2, brings(42));
        Task use = add(schedule, 2, 1, 3, uses(42));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(insert);
        assertThat(schedule.next(0)).containsExactly(use);
    }

    @Test
    void aSessionWaitsUntilEverythingIsReadThatMayBringItsValue() {
        SessionSchedule schedule = new SessionSchedule(SOME, false, 10);
        Task use = add(schedule, 2, 5, 7, uses(42));
        schedule.watermark(4);

        assertThat(schedule.next(0)).isEmpty();
        Task insert = add(schedule, 1, 4, 5, brings(42));
        schedule.watermark(5);
        assertThat(schedule.next(0)).containsExactly(insert);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(insert, true);
        assertThat(schedule.next(0)).containsExactly(use);
    }

    @Test
    void theOrderGoesOnWithoutWhatUsesTheValueOfOneThatWaitsForALock() {
        SerialSchedule schedule = new SerialSchedule(SOME, false);
        Task insert = add(schedule, 1, 0, 1, brings(42));
        Task use = add(schedule, 2, 1, 2, uses(42));
        Task behind = add(schedule, 2, 2, 3, Generated.NONE);
        Task holder = add(schedule, 3, 3, 4, Generated.NONE);
        schedule.watermark(Long.MAX_VALUE);
        assertThat(schedule.next(0)).containsExactly(insert);
        schedule.blocked(insert, Set.of(3L));

        assertThat(schedule.next(0)).containsExactly(holder);
        schedule.done(holder, true);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(insert, true);
        assertThat(schedule.next(0)).containsExactly(use, behind);
        assertThat(use.moved()).isTrue();
    }
}
