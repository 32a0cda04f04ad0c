package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.trace.entry.ExchangeFlag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionScheduleTest {
    private static final Pipelining SOME = new Pipelining(3, 1 << 20);

    @Test
    void sessionsGoSideBySideEachInItsOrder() {
        SessionSchedule schedule = new SessionSchedule(new Pipelining(1, 1), false, 10);
        Task a1 = add(schedule, 1, 0, 0, 1);
        Task a2 = add(schedule, 1, 1, 1, 2);
        Task b1 = add(schedule, 2, 0, 0, 3);

        assertThat(schedule.next(0)).containsExactly(a1);
        assertThat(schedule.next(0)).containsExactly(b1);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(a1, true);
        assertThat(schedule.next(0)).containsExactly(a2);
        schedule.done(a2, true);
        assertThat(schedule.isIdle()).isFalse();
        schedule.done(b1, true);
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void readyRunsAreWrittenTogetherUpToTheBound() {
        SessionSchedule schedule = new SessionSchedule(SOME, false, 10);
        List<Task> tasks = List.of(
                add(schedule, 1, 0, 0, 1),
                add(schedule, 1, 1, 1, 2),
                add(schedule, 1, 2, 2, 3),
                add(schedule, 1, 3, 3, 4));

        assertThat(schedule.next(0)).containsExactlyElementsOf(tasks.subList(0, 3));
    }

    @Test
    void nothingIsWrittenBehindACopy() {
        SessionSchedule schedule = new SessionSchedule(SOME, false, 10);
        RecordedExchange copy = Works.exchange(
                1,
                0,
                0,
                1,
                TransactionStatus.IDLE,
                Frames.simple("COPY t FROM STDIN"),
                Set.of(ExchangeFlag.COPY_IN),
                null,
                "COPY 1");
        Task first = Works.task(Works.run(copy, Place.ofAny(1, Place.FIRST)));
        schedule.add(first);
        add(schedule, 1, 1, 1, 2);

        assertThat(schedule.next(0)).containsExactly(first);
    }

    @Test
    void atAPaceOnlyWhatProductionPipelinedIsWrittenTogether() {
        SessionSchedule schedule = new SessionSchedule(SOME, true, 10);
        Task a1 = add(schedule, 1, 0, 0, 1);
        Task a2 = add(schedule, 1, 1, 0, 2);
        add(schedule, 1, 2, 2, 3);

        assertThat(schedule.next(0)).containsExactly(a1, a2);
    }

    @Test
    void whatIsNotDueIsNotSent() {
        SessionSchedule schedule = new SessionSchedule(SOME, true, 10);
        Task late = new Task(work(1, 0, 0, 1), 500);
        schedule.add(late);

        assertThat(schedule.next(499)).isEmpty();
        assertThat(schedule.nextDueNanos(499)).isEqualTo(500);
        assertThat(schedule.next(500)).containsExactly(late);
        assertThat(schedule.nextDueNanos(500)).isEqualTo(Schedule.NOT_BY_TIME);
    }

    @Test
    void aSessionBeyondTheBoundBeginsWhenAnotherHasEnded() {
        SessionSchedule schedule = new SessionSchedule(SOME, false, 1);
        Task open1 = Works.task(new Work.Open(Works.session(1), Place.ofAny(1, Place.FIRST), 0, 0));
        Task open2 = Works.task(new Work.Open(Works.session(2), Place.ofAny(2, Place.FIRST), 0, 0));
        Task close1 = Works.task(new Work.Close(Works.session(1), Place.ofAny(3, Place.FIRST), 2, 0));
        schedule.add(open1);
        schedule.add(open2);

        assertThat(schedule.next(0)).containsExactly(open1);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(open1, true);
        schedule.add(close1);
        assertThat(schedule.next(0)).containsExactly(close1);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(close1, true);
        assertThat(schedule.next(0)).containsExactly(open2);
    }

    @Test
    void readyRunsAreWrittenTogetherUpToTheirBytes() {
        int one = Frames.simple("SELECT 1").readableBytes();
        for (int bytes : new int[] {2 * one - 1, 2 * one, 2 * one + 1}) {
            SessionSchedule schedule = new SessionSchedule(new Pipelining(3, bytes), false, 10);
            for (int i = 0; i < 3; i++) {
                RecordedExchange exchange = Works.exchange(
                        1, i, i, i + 1, TransactionStatus.IDLE, Frames.simple("SELECT 1"), Set.of(), null, "SELECT 1");
                schedule.add(Works.task(Works.run(exchange, Place.ofAny(i + 1, Place.FIRST))));
            }
            assertThat(schedule.next(0)).as("of " + bytes).hasSize(bytes < 2 * one ? 1 : 2);
        }
    }

    @Test
    void whatIsNotSentYetIsQueued() {
        SessionSchedule schedule = new SessionSchedule(new Pipelining(1, 1), false, 10);
        Task a1 = add(schedule, 1, 0, 0, 1);
        Task a2 = add(schedule, 1, 1, 1, 2);
        Task b1 = add(schedule, 2, 0, 0, 3);

        assertThat(schedule.queued()).containsExactlyInAnyOrder(a1, a2, b1);
        schedule.next(0);
        assertThat(schedule.queued()).containsExactlyInAnyOrder(a2, b1);
        assertThat(schedule.isOrderedAcrossSessions()).isFalse();
    }

    @Test
    void whatWaitsInOneSessionIsSentWhenItHasBeenAnswered() {
        SessionSchedule schedule = new SessionSchedule(new Pipelining(1, 1), false, 10);
        Task first = add(schedule, 1, 0, 0, 1);
        Task second = add(schedule, 1, 1, 1, 2);

        assertThat(schedule.next(0)).containsExactly(first);
        assertThat(schedule.nextDueNanos(0)).as("it waits for an answer").isEqualTo(Schedule.NOT_BY_TIME);
        schedule.done(first, true);
        assertThat(schedule.next(0)).containsExactly(second);
        schedule.done(second, true);
        assertThat(schedule.isIdle()).isTrue();
        assertThat(schedule.queued()).isEmpty();
    }

    @Test
    void aTaskOfASessionThatNobodyAddedIsAnError() {
        SessionSchedule schedule = new SessionSchedule(SOME, false, 10);

        assertThatThrownBy(() -> schedule.done(Works.task(work(9, 0, 0, 1)), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("session=9");
    }

    private static Task add(SessionSchedule schedule, long session, long ordinal, long sentAfter, long doneNo) {
        Task task = Works.task(work(session, ordinal, sentAfter, doneNo));
        schedule.add(task);
        return task;
    }

    private static Work work(long session, long ordinal, long sentAfter, long doneNo) {
        return Works.run(
                Works.exchange(session, ordinal, sentAfter, doneNo, TransactionStatus.IDLE, "SELECT 1"),
                Place.ofAny(doneNo, Place.FIRST));
    }
}
