package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SerialScheduleTest {
    private final SerialSchedule schedule = new SerialSchedule(new Pipelining(4, 1 << 20), false);

    @Test
    void nothingIsSentBeforeItsPlaceIsFinal() {
        Task task = add(1, 0, 4, 5, TransactionStatus.IDLE);

        assertThat(schedule.next(0)).isEmpty();
        schedule.watermark(5);
        assertThat(schedule.next(0)).isEmpty();
        schedule.watermark(6);
        assertThat(schedule.next(0)).containsExactly(task);
    }

    @Test
    void atAPaceTheNextMomentIsThatOfTheLowestPlaceAlone() {
        SerialSchedule paced = new SerialSchedule(new Pipelining(4, 1 << 20), true);
        Task first = new Task(
                Works.run(Works.exchange(1, 0, 0, 1, TransactionStatus.IDLE), Place.ofAny(1, Place.FIRST)), 500);
        Task second = new Task(
                Works.run(Works.exchange(2, 0, 0, 2, TransactionStatus.IDLE), Place.ofAny(2, Place.FIRST)), 100);
        paced.add(first);
        paced.add(second);
        assertThat(paced.nextDueNanos(0)).as("its place is not final").isEqualTo(Schedule.NOT_BY_TIME);
        paced.watermark(Long.MAX_VALUE);

        assertThat(paced.next(499)).isEmpty();
        assertThat(paced.nextDueNanos(499)).isEqualTo(500);
        assertThat(paced.nextDueNanos(500)).isEqualTo(Schedule.NOT_BY_TIME);
        assertThat(paced.next(500)).containsExactly(first);
        assertThat(paced.nextDueNanos(0)).as("it is under way").isEqualTo(Schedule.NOT_BY_TIME);
        paced.done(first, true);
        assertThat(paced.nextDueNanos(50)).isEqualTo(100);
    }

    @Test
    void itIsIdleOnceNothingIsQueuedNorUnderWay() {
        assertThat(schedule.isIdle()).isTrue();
        assertThat(schedule.isOrderedAcrossSessions()).isTrue();
        Task first = add(1, 0, 0, 1, TransactionStatus.IDLE);
        Task second = add(2, 0, 1, 2, TransactionStatus.IDLE);
        assertThat(schedule.isIdle()).isFalse();
        assertThat(schedule.queued()).containsExactlyInAnyOrder(first, second);
        schedule.watermark(Long.MAX_VALUE);

        schedule.next(0);
        assertThat(schedule.queued()).containsExactly(second);
        schedule.done(first, true);
        schedule.next(0);
        assertThat(schedule.queued()).isEmpty();
        assertThat(schedule.isIdle()).as("one is under way").isFalse();
        schedule.done(second, true);
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void ofOneSessionSomeGoTogetherUpToTheBoundAndItsBytes() {
        SerialSchedule some = new SerialSchedule(new Pipelining(2, 1 << 20), false);
        for (int i = 0; i < 3; i++) {
            some.add(Works.task(Works.run(
                    Works.exchange(1, i, i, i + 1, TransactionStatus.IDLE), Place.ofAny(i + 1, Place.FIRST))));
        }
        some.watermark(Long.MAX_VALUE);

        assertThat(some.next(0)).hasSize(2);

        int one = Frames.simple("SELECT 1").readableBytes();
        for (int bytes : new int[] {2 * one - 1, 2 * one}) {
            SerialSchedule narrow = new SerialSchedule(new Pipelining(9, bytes), false);
            for (int i = 0; i < 3; i++) {
                narrow.add(Works.task(Works.run(
                        Works.exchange(
                                1,
                                i,
                                i,
                                i + 1,
                                TransactionStatus.IDLE,
                                Frames.simple("SELECT 1"),
                                Set.of(),
                                null,
                                "SELECT 1"),
                        Place.ofAny(i + 1, Place.FIRST))));
            }
            narrow.watermark(Long.MAX_VALUE);
            assertThat(narrow.next(0)).as("of " + bytes).hasSize(bytes < 2 * one ? 1 : 2);
        }
    }

    @Test
    void oneExchangeOfSeveralSessionsAtATime() {
        Task first = add(1, 0, 0, 1, TransactionStatus.IDLE);
        Task second = add(2, 0, 0, 2, TransactionStatus.IDLE);
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(first);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(first, true);
        assertThat(schedule.next(0)).containsExactly(second);
    }

    @Test
    void neighboursOfOneSessionGoTogether() {
        Task first = add(1, 0, 0, 1, TransactionStatus.IDLE);
        Task second = add(1, 1, 1, 2, TransactionStatus.IDLE);
        Task other = add(2, 0, 1, 3, TransactionStatus.IDLE);
        Task third = add(1, 2, 3, 4, TransactionStatus.IDLE);
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(first, second);
        schedule.done(first, true);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(second, true);
        assertThat(schedule.next(0)).containsExactly(other);
        schedule.done(other, true);
        assertThat(schedule.next(0)).containsExactly(third);
    }

    @Test
    void whatHoldsTheLockIsPulledForwardIfItWasSentBeforeTheWaiterAnswered() {
        Task begin = add(1, 0, 0, 1, TransactionStatus.IN_TRANSACTION);
        Task waiter = add(2, 0, 1, 2, TransactionStatus.IDLE);
        Task end = add(1, 1, 1, 3, TransactionStatus.IDLE);
        schedule.watermark(Long.MAX_VALUE);
        schedule.next(0);
        schedule.done(begin, false);
        assertThat(schedule.next(0)).containsExactly(waiter);

        schedule.blocked(waiter, Set.of(1L));

        assertThat(schedule.next(0)).containsExactly(end);
        assertThat(end.moved()).isTrue();
        assertThat(waiter.moved()).isFalse();
        schedule.done(end, true);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(waiter, true);
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void otherwiseTheWaiterIsLeftWaitingAndTheOrderGoesOn() {
        Task begin = add(1, 0, 0, 1, TransactionStatus.IN_TRANSACTION);
        Task waiter = add(2, 0, 0, 2, TransactionStatus.IDLE);
        Task behind = add(2, 1, 2, 3, TransactionStatus.IDLE);
        Task end = add(1, 1, 3, 4, TransactionStatus.IDLE);
        schedule.watermark(Long.MAX_VALUE);
        schedule.next(0);
        schedule.done(begin, false);
        assertThat(schedule.next(0)).containsExactly(waiter, behind);

        schedule.blocked(waiter, Set.of(1L));

        assertThat(waiter.moved()).isTrue();
        assertThat(schedule.next(0)).containsExactly(end);
        schedule.done(end, true);
        assertThat(schedule.next(0)).as("the waiter is waited for again").isEmpty();
        schedule.done(waiter, true);
        schedule.done(behind, true);
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void aHolderThatIsNoSessionLetsTheOrderGoOn() {
        Task waiter = add(2, 0, 0, 1, TransactionStatus.IDLE);
        Task other = add(1, 0, 1, 2, TransactionStatus.IDLE);
        schedule.watermark(Long.MAX_VALUE);
        assertThat(schedule.next(0)).containsExactly(waiter);

        schedule.blocked(waiter, Set.of(Long.MIN_VALUE));

        assertThat(schedule.next(0)).containsExactly(other);
    }

    @Test
    void ofTwoThatWaitForEachOtherTheOneGoesOnWhoseRestCanBeWrittenBehind() {
        Task one = add(1, 0, 0, 1, TransactionStatus.IN_TRANSACTION);
        Task two = add(2, 0, 1, 2, TransactionStatus.IN_TRANSACTION);
        Task first = add(1, 1, 2, 3, TransactionStatus.IN_TRANSACTION);
        Task second = add(2, 1, 3, 4, TransactionStatus.IN_TRANSACTION);
        add(1, 2, 4, 5, TransactionStatus.IN_TRANSACTION, "SET");
        add(1, 3, 5, 6, TransactionStatus.IDLE);
        Task end = add(2, 2, 6, 7, TransactionStatus.IDLE);
        schedule.watermark(Long.MAX_VALUE);
        for (Task task : List.of(one, two)) {
            assertThat(schedule.next(0)).containsExactly(task);
            schedule.done(task, false);
        }
        assertThat(schedule.next(0)).containsExactly(first);
        schedule.blocked(first, Set.of(2L));
        assertThat(schedule.next(0)).containsExactly(second);
        schedule.blocked(second, Set.of(1L));
        assertThat(schedule.next(0)).isEmpty();

        schedule.blocked(second, Set.of(1L));

        assertThat(schedule.next(0)).containsExactly(end);
        assertThat(second.raced()).isTrue();
    }

    @Test
    void aStatementThatFailsLetsGoOfWhatItsTransactionHolds() {
        Task begin = add(1, 0, 0, 1, TransactionStatus.IN_TRANSACTION);
        Task waiter = add(2, 0, 0, 2, TransactionStatus.IDLE);
        Task failing = add(1, 1, 1, 3, TransactionStatus.FAILED);
        Task rollback = add(1, 2, 4, 5, TransactionStatus.IDLE);
        schedule.watermark(Long.MAX_VALUE);
        assertThat(schedule.next(0)).containsExactly(begin);
        schedule.done(begin, false);
        assertThat(schedule.next(0)).containsExactly(waiter);

        schedule.blocked(waiter, Set.of(1L));

        assertThat(schedule.next(0)).containsExactly(failing);
        schedule.done(failing, false);
        assertThat(schedule.next(0)).as("the waiter is waited for").isEmpty();
        schedule.done(waiter, true);
        assertThat(schedule.next(0)).containsExactly(rollback);
    }

    @Test
    void equalPlacesKeepTheOrderInWhichTheyCame() {
        Place same = new Place(10, 5);
        for (int i = 0; i < 20; i++) {
            schedule.add(Works.task(new Work.Close(Works.session(1), same, 4, 0)));
        }
        schedule.watermark(Long.MAX_VALUE);

        for (int i = 0; i < 20; i++) {
            Task task = schedule.next(0).get(0);
            schedule.done(task, true);
        }
        assertThat(schedule.isIdle()).isTrue();
    }

    private Task add(long session, long ordinal, long sentAfter, long doneNo, TransactionStatus after, String... tags) {
        Task task = Works.task(Works.run(
                Works.exchange(
                        session,
                        ordinal,
                        sentAfter,
                        doneNo,
                        after,
                        tags.length == 0 ? new String[] {"UPDATE 1"} : tags),
                Place.ofAny(doneNo, Place.FIRST)));
        schedule.add(task);
        return task;
    }
}
