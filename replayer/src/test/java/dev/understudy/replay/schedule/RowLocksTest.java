package dev.understudy.replay.schedule;

import static dev.understudy.pgwire.message.TransactionStatus.FAILED;
import static dev.understudy.pgwire.message.TransactionStatus.IDLE;
import static dev.understudy.pgwire.message.TransactionStatus.IN_TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Touch.Use;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowLocksTest {
    private static final String DUPLICATE = "23505";

    private final Map<Long, List<Touch>> touches = new HashMap<>();
    private final CausalSchedule schedule = new CausalSchedule(
            new Pipelining(1, 1 << 20),
            false,
            run -> touches.getOrDefault(run.exchange().doneNo(), List.of()));

    @Test
    void whoGotARowComesBehindTheFailureThatLetItGoThoughItsAnswerWasEarlier() {
        Task holder = add(1, 0, 1, IN_TRANSACTION, null, write(7));
        Task failing = add(1, 2, 6, FAILED, DUPLICATE, write(8));
        Task next = add(2, 1, 5, IDLE, null, write(7));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(order(3)).containsExactly(holder, failing, next);
        assertThat(List.of(holder, failing, next)).noneMatch(Task::moved);
    }

    @Test
    void whoLockedTheRowOnlyAfterTheFailureWasSentIsNotInItsWay() {
        Task holder = add(1, 0, 1, IN_TRANSACTION, null, write(7));
        Task other = add(2, 1, 2, IDLE, null, write(9));
        Task failing = add(1, 3, 6, FAILED, DUPLICATE, write(8));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(order(3)).containsExactly(holder, other, failing);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 9})
    void whoFoundARowThereLookedBeforeItWasTakenIfItDidNotWaitForWhoTookIt(long endSent) {
        Task remover = add(1, 0, 5, IN_TRANSACTION, null, new Touch("a", 8, Use.REMOVE));
        Task failing = add(2, 1, 7, FAILED, DUPLICATE, write(8));
        Task end = add(1, endSent, 10, IDLE, null);
        schedule.watermark(Long.MAX_VALUE);

        assertThat(order(3))
                .containsExactlyElementsOf(
                        endSent < 7 ? List.of(remover, end, failing) : List.of(failing, remover, end));
    }

    @Test
    void whoFailedWithoutARowIsNoHolder() {
        Task failing = add(1, 0, 1, FAILED, "22012", write(8));
        Task next = add(2, 0, 2, IDLE, null, write(8));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(order(2)).containsExactly(failing, next);
    }

    @Test
    void whatIsProvenToComeBeforeWhatIsBroughtForwardComesBeforeItToo() {
        Task remover = add(1, 0, 1, IN_TRANSACTION, null, new Touch("a", 8, Use.REMOVE));
        Task end = add(1, 2, 9, IDLE, null);
        Task other = add(3, 3, 4, IDLE, null, write(1));
        Task missing = add(2, 5, 10, IDLE, null, new Touch("a", 8, Use.MISS), write(1));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(order(3)).containsExactly(remover, other, missing);
        missing.waitsOnEveryArm();
        schedule.blocked(missing, Set.of(1L));
        assertThat(schedule.next(0)).containsExactly(end);
    }

    @Test
    void whoMissedARowAfterAnotherHadGotItFromTheSameEndDidNotWaitForThat() {
        Task remover = add(1, 0, 1, IN_TRANSACTION, null, new Touch("a", 8, Use.REMOVE), write(1));
        Task end = add(1, 2, 9, IDLE, null);
        Task got = add(3, 1, 4, IDLE, null, write(1));
        Task missing = add(2, 5, 10, IDLE, null, new Touch("a", 8, Use.MISS));
        schedule.watermark(Long.MAX_VALUE);

        assertThat(order(4)).containsExactly(remover, end, got, missing);
    }

    /** What is sent, each done as soon as nothing more may be sent beside it, but for what waits for a row that is gone. */
    private List<Task> order(int count) {
        List<Task> order = new ArrayList<>();
        while (order.size() < count) {
            List<Task> sent = schedule.next(0);
            assertThat(sent).as("behind %s", order).hasSize(1);
            order.addAll(sent);
            Task task = sent.get(0);
            boolean misses =
                    touches.get(task.work().place().number()).stream().anyMatch(touch -> touch.use() == Use.MISS);
            if (!misses) {
                schedule.done(task, task.work().endsTransaction());
            }
        }
        return order;
    }

    private static Touch write(int key) {
        return new Touch("a", key, Use.WRITE);
    }

    private Task add(
            long session, long sentAfter, long doneNo, TransactionStatus after, String sqlState, Touch... touched) {
        touches.put(doneNo, List.of(touched));
        boolean end = touched.length == 0;
        String[] tags = sqlState != null ? new String[0] : new String[] {end ? "COMMIT" : "UPDATE 1"};
        RecordedExchange exchange = Works.exchange(
                session, doneNo, sentAfter, doneNo, after, Unpooled.EMPTY_BUFFER, Set.of(), sqlState, tags);
        Place place = end ? Place.ofEnd(sentAfter, doneNo, Place.FIRST) : Place.ofAny(doneNo, Place.FIRST);
        Task task = Works.task(Works.run(exchange, place));
        schedule.add(task);
        return task;
    }
}
