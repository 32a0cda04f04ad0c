package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Touch.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CausalScheduleTest {
    private static final TransactionStatus OPEN = TransactionStatus.IN_TRANSACTION;
    private static final TransactionStatus IDLE = TransactionStatus.IDLE;

    private final Map<Long, List<Touch>> touches = new HashMap<>();
    private final CausalSchedule schedule = new CausalSchedule(
            new Pipelining(4, 1 << 20),
            false,
            run -> touches.getOrDefault(run.exchange().doneNo(), List.of()));

    @Test
    void nothingIsSentBeforeItsPlaceIsFinal() {
        Task task = add(1, 4, 5, IDLE, write("a", 1));

        schedule.watermark(5);
        assertThat(schedule.next(0)).isEmpty();
        schedule.watermark(6);
        assertThat(schedule.next(0)).containsExactly(task);
    }

    @Test
    void whatCannotConflictGoesSideBySide() {
        Task first = add(1, 0, 1, IDLE, write("a", 1));
        Task otherRow = add(2, 1, 2, IDLE, write("a", 2));
        Task otherTable = add(3, 2, 3, IDLE, new Touch("b", null, Use.WRITE));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(first);
        assertThat(schedule.next(0)).containsExactly(otherRow);
        assertThat(schedule.next(0)).containsExactly(otherTable);
    }

    @Test
    void whatMayConflictGoesInTheOrderOfPlaces() {
        Task first = add(1, 0, 1, IDLE, write("a", 1));
        Task whole = add(2, 0, 2, IDLE, new Touch("a", null, Use.READ));
        Task unknown = add(3, 0, 3, IDLE, Touch.anything());
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(first);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(first, true);
        assertThat(schedule.next(0)).containsExactly(whole);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(whole, true);
        assertThat(schedule.next(0)).containsExactly(unknown);
    }

    @Test
    void whoDrewTheLowerValueDrawsFirst() {
        Task second = add(1, 0, 1, IDLE, new Touch("s", null, Use.DRAW, new Turn("s", List.of(8L))));
        Task other = add(2, 0, 2, IDLE, new Touch("s", null, Use.DRAW, new Turn("t", List.of(1L))));
        Task first = add(3, 0, 3, IDLE, new Touch("s", null, Use.DRAW, new Turn("s", List.of(7L))));
        Task later = add(4, 3, 4, IDLE, new Touch("s", null, Use.DRAW, new Turn("s", List.of(6L))));
        schedule.watermark(Long.MAX_VALUE);

        for (Task task : List.of(first, second, other, later)) {
            assertThat(schedule.next(0)).containsExactly(task);
            assertThat(schedule.next(0)).isEmpty();
            schedule.done(task, true);
        }
    }

    @Test
    void aTurnBringsAlongWhatItsSessionHasToDoBefore() {
        Task second = add(1, 4, 5, IDLE, new Touch("s", null, Use.DRAW, new Turn("s", List.of(8L))));
        Task before = add(2, 0, 6, OPEN, write("a", 1));
        Task first = add(2, 4, 7, IDLE, new Touch("s", null, Use.DRAW, new Turn("s", List.of(7L))));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(before, first);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(before, false);
        schedule.done(first, true);
        assertThat(schedule.next(0)).containsExactly(second);
    }

    @Test
    void whoMissedARowWaitsAgainForTheEndOfWhoRemovedIt() {
        Task remover = add(1, 0, 1, OPEN, new Touch("a", 1, Use.REMOVE));
        Task again = add(1, 1, 2, OPEN, write("a", 1));
        Task end = add(1, 3, 5, IDLE);
        Task missing = add(2, 2, 6, IDLE, new Touch("a", 1, Use.MISS));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(remover, again);
        schedule.done(remover, false);
        assertThat(schedule.next(0)).as("before there is such a row again").containsExactly(missing);
        schedule.done(again, false);
        assertThat(schedule.next(0))
                .as("the end waits until the other waits for it")
                .isEmpty();
        schedule.blocked(missing, Set.of(1L));
        assertThat(schedule.next(0)).as("another arm may not have come to it").isEmpty();
        missing.waitsOnEveryArm();
        schedule.blocked(missing, Set.of(1L));
        assertThat(schedule.next(0)).containsExactly(end);
        schedule.done(end, true);
        schedule.done(missing, true);
        assertThat(schedule.isIdle()).isTrue();
        assertThat(List.of(end, missing)).as("as in production").noneMatch(Task::moved);
    }

    @Test
    void anEndThatNobodyCanMeetGoesOn() {
        Task remover = add(1, 0, 1, OPEN, new Touch("a", 1, Use.REMOVE));
        Task end = add(1, 3, 5, IDLE);
        Task missing = add(2, 2, 6, IDLE, new Touch("a", 1, Use.MISS));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(remover);
        schedule.done(remover, false);
        assertThat(schedule.next(0)).containsExactly(missing);
        schedule.done(missing, true);
        assertThat(schedule.next(0)).as("it did not wait").containsExactly(end);
    }

    @Test
    void whoWantsARowFollowsTheEndOfItsHolder() {
        Task holder = add(1, 0, 1, OPEN, write("a", 1));
        Task reader = add(2, 0, 2, IDLE, new Touch("a", 1, Use.READ));
        Task end = add(1, 2, 4, IDLE);
        Task waiter = add(3, 0, 5, IDLE, write("a", 1));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(holder);
        assertThat(schedule.next(0)).as("what is not committed is not read").containsExactly(reader);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(holder, false);
        assertThat(schedule.next(0)).as("the reader still sees what was there").isEmpty();
        schedule.done(reader, true);
        assertThat(schedule.next(0)).containsExactly(end);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(end, true);
        assertThat(schedule.next(0)).containsExactly(waiter);
    }

    @Test
    void whatIsReadyOfASessionGoesTogether() {
        Task update = add(1, 0, 1, OPEN, write("a", 1));
        Task commit = add(1, 1, 2, IDLE);
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(update, commit);
    }

    @Test
    void aValueThatIsDrawnIsGoneAtOnce() {
        Task first = add(1, 0, 1, OPEN, new Touch("ids", null, Use.DRAW));
        Task second = add(2, 0, 2, OPEN, new Touch("ids", null, Use.DRAW));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(first);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(first, false);
        assertThat(schedule.next(0)).containsExactly(second);
    }

    @Test
    void whoSharesALockWaitsForNobodyElseWhoDoes() {
        Task first = add(1, 0, 1, OPEN, new Touch("parents", 1, Use.SHARE));
        Task second = add(2, 0, 2, IDLE, new Touch("parents", 1, Use.SHARE));
        Task writer = add(3, 0, 3, IDLE, write("parents", 1));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(first);
        assertThat(schedule.next(0)).containsExactly(second);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(first, false);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(second, true);
        assertThat(schedule.next(0)).containsExactly(writer);
    }

    @Test
    void whatReadersWaitForIsAnEndOnBothSides() {
        Task before = add(1, 0, 1, IDLE, new Touch("a", 1, Use.READ));
        Task alter = add(2, 0, 2, OPEN, new Touch("a", null, Use.EXCLUDE));
        Task behind = add(3, 1, 3, IDLE, new Touch("a", 2, Use.READ));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(before);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(before, true);
        assertThat(schedule.next(0)).containsExactly(alter);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(alter, false);
        assertThat(schedule.next(0)).containsExactly(behind);
    }

    @Test
    void aSessionsLockIsKeptBeyondItsTransactionUntilItIsLetGo() {
        Task lock = add(1, 0, 1, IDLE, new Touch("advisory", 7, Use.HOLD));
        Task unlock = add(1, 2, 3, IDLE, new Touch("advisory", 7, Use.RELEASE));
        Task waiter = add(2, 0, 4, IDLE, new Touch("advisory", 7, Use.HOLD));
        Task other = add(3, 0, 5, IDLE, new Touch("advisory", 8, Use.HOLD));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(schedule.next(0)).containsExactly(lock, unlock);
        assertThat(schedule.next(0)).containsExactly(other);
        schedule.done(lock, true);
        assertThat(schedule.next(0)).isEmpty();
        schedule.done(unlock, true);
        assertThat(schedule.next(0)).containsExactly(waiter);
    }

    @Test
    void aHolderWhoseEndHasToFollowTheWaiterGoesFirst() {
        // the arm locks a row that nobody knew of: the end follows the waiter because of another one
        Task holder = add(1, 0, 1, OPEN, write("a", 1));
        Task waiter = add(2, 0, 2, IDLE, write("b", 1));
        Task more = add(1, 1, 3, OPEN, write("b", 1));
        Task end = add(1, 3, 4, IDLE);
        schedule.watermark(Long.MAX_VALUE);
        assertThat(schedule.next(0)).containsExactly(holder);
        assertThat(schedule.next(0)).containsExactly(waiter);
        schedule.done(holder, false);
        assertThat(schedule.next(0)).isEmpty();

        schedule.blocked(waiter, Set.of(1L));
        assertThat(schedule.next(0)).as("the wait may be over by now").isEmpty();
        schedule.blocked(waiter, Set.of(1L));

        assertThat(schedule.next(0)).containsExactly(more);
        assertThat(waiter.moved()).isTrue();
        schedule.done(more, false);
        assertThat(schedule.next(0)).containsExactly(end);
        schedule.done(end, true);
        schedule.done(waiter, true);
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void aWaitForAHolderThatGoesOnByItselfMovesNothing() {
        Task holder = add(1, 0, 1, OPEN, write("a", 1));
        Task waiter = add(2, 0, 2, IDLE, write("b", 1));
        Task end = add(1, 3, 4, IDLE);
        schedule.watermark(Long.MAX_VALUE);
        schedule.next(0);

        schedule.blocked(waiter, Set.of(1L));

        assertThat(waiter.moved()).isFalse();
        assertThat(end.moved()).isFalse();
        assertThat(holder.raced()).isFalse();
    }

    @Test
    void nothingIsWrittenBehindWhatAnArmMayWaitForUntilTransactionsWereSeenSideBySide() {
        long counter = 0;
        for (int i = 0; i < 10; i++) {
            Task other = add(1, counter, ++counter, OPEN, write("a", 1));
            Task update = add(2, counter, ++counter, OPEN, write("a", 2));
            Task commit = add(2, counter, ++counter, IDLE);
            Task end = add(1, counter, ++counter, IDLE);
            schedule.watermark(counter + 1);

            assertThat(schedule.next(0)).startsWith(other);
            List<Task> sent = new ArrayList<>(schedule.next(0));
            assertThat(sent).as("round %d", i).isEqualTo(i < 8 ? List.of(update) : List.of(update, commit));
            schedule.done(update, false);
            sent.addAll(schedule.next(0));
            schedule.done(commit, true);
            schedule.next(0);
            schedule.done(other, false);
            schedule.next(0);
            schedule.done(end, true);
        }
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void behindWhatAnArmWasSeenToWaitForNothingIsWritten() {
        Task holder = add(1, 0, 1, OPEN, write("a", 1));
        Task waiter = add(2, 1, 2, IDLE, write("b", 1));
        Task end = add(1, 3, 4, IDLE);
        Task later = add(3, 4, 5, OPEN, write("b", 2));
        Task more = add(3, 5, 6, IDLE);
        schedule.watermark(4);
        assertThat(schedule.next(0)).containsExactly(holder);
        assertThat(schedule.next(0)).containsExactly(waiter);
        schedule.done(holder, false);
        schedule.watermark(Long.MAX_VALUE);

        schedule.blocked(waiter, Set.of(1L));
        assertThat(schedule.next(0)).containsExactly(end);
        schedule.done(end, true);
        schedule.done(waiter, true);

        assertThat(schedule.next(0)).containsExactly(later);
        schedule.done(later, false);
        assertThat(schedule.next(0)).containsExactly(more);
    }

    @Test
    void aLockThatNoSessionHoldsLetsTheOrderGoOnAndTheWaiterComesBackLast() {
        Task waiter = add(1, 0, 1, OPEN, write("a", 1));
        Task rest = add(1, 1, 2, IDLE, write("a", 2));
        Task other = add(2, 2, 3, IDLE, write("a", 1));
        Task last = add(3, 2, 4, IDLE, write("a", 2));
        schedule.watermark(Long.MAX_VALUE);
        assertThat(schedule.next(0)).containsExactly(waiter, rest);
        assertThat(schedule.next(0)).isEmpty();

        for (int told = 0; told < 9; told++) {
            schedule.blocked(waiter, Set.of(Long.MIN_VALUE));
            assertThat(schedule.next(0)).as("it may be let go any moment").isEmpty();
        }
        schedule.blocked(waiter, Set.of(Long.MIN_VALUE));

        assertThat(schedule.next(0)).containsExactly(other);
        assertThat(schedule.next(0)).containsExactly(last);
        assertThat(waiter.moved()).isTrue();
        schedule.done(other, true);
        schedule.done(last, true);
        schedule.done(waiter, false);
        schedule.done(rest, true);
        assertThat(schedule.isIdle()).isTrue();
    }

    private static Touch write(String table, int key) {
        return new Touch(table, key, Use.WRITE);
    }

    private Task add(long session, long sentAfter, long doneNo, TransactionStatus after, Touch... touched) {
        touches.put(doneNo, List.of(touched));
        Task task = Works.task(Works.run(
                Works.exchange(session, doneNo, sentAfter, doneNo, after, touched.length == 0 ? "COMMIT" : "UPDATE 1"),
                Place.ofAny(doneNo, Place.FIRST)));
        schedule.add(task);
        return task;
    }
}
