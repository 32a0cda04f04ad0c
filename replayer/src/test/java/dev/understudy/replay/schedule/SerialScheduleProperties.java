package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.replay.schedule.History.Op;
import dev.understudy.replay.schedule.History.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SerialScheduleProperties {
    private static final int TRANSACTIONS = 12;

    @Property(tries = 300)
    void neverComesToAStandstillAndKeepsEveryOrderThatIsProven(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 8) int sessions,
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 200) int readAhead) {
        List<Op> history = History.run(seed, sessions, TRANSACTIONS, rows);
        Rehearsal rehearsal = new Rehearsal(new Rows(null));

        assertThat(rehearsal.play(history, History.works(history), readAhead)).isTrue();
        assertThat(rehearsal.answered).isEqualTo(history.size());
        assertSessionOrder(rehearsal.sent);
        assertProvenOrder(rehearsal.sent);
    }

    /** Some waiters are placed before what they waited for, and each arm lets any of several waiters through. */
    @Property(tries = 300)
    void neverComesToAStandstillOnTwoArmsThatRaceOtherwise(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 8) int sessions,
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 200) int readAhead) {
        List<Op> history = History.run(seed, sessions, TRANSACTIONS, rows);
        Random random = new Random(seed);
        List<Work.Run> works = History.works(history, op -> random.nextInt(10) == 0);
        Rehearsal rehearsal = new Rehearsal(new Rows(new Random(seed + 1)), new Rows(new Random(seed + 2)));

        assertThat(rehearsal.play(history, works, readAhead)).isTrue();
        assertThat(rehearsal.answered).isEqualTo(2 * history.size());
        assertSessionOrder(rehearsal.sent);
        assertProvenOrder(rehearsal.sent);
    }

    @Property(tries = 20)
    void agreesWithProductionWhereNotAllRowsAreHot(@ForAll Random random) {
        int agreed = 0;
        int answered = 0;
        for (int i = 0; i < 20; i++) {
            Rehearsal rehearsal = new Rehearsal(new Rows(null));
            List<Op> history = History.run(random.nextLong(), 6, 20, 30);
            rehearsal.play(history, History.works(history), 500);
            agreed += rehearsal.agreed;
            answered += rehearsal.answered;
        }

        assertThat((double) agreed / answered).isGreaterThan(0.99);
    }

    private static void assertSessionOrder(List<Task> sent) {
        Map<Long, Long> last = new HashMap<>();
        for (Task task : sent) {
            RecordedExchange exchange = ((Work.Run) task.work()).exchange();
            Long before = last.put(exchange.id().session(), exchange.id().ordinal());
            assertThat(exchange.id().ordinal()).isEqualTo(before == null ? 0 : before + 1);
        }
    }

    /** What ended before another began is sent before it; only what had to be moved may be elsewhere. */
    private static void assertProvenOrder(List<Task> sent) {
        for (int at = 0; at < sent.size(); at++) {
            RecordedExchange early = ((Work.Run) sent.get(at).work()).exchange();
            for (int behind = at + 1; behind < sent.size(); behind++) {
                RecordedExchange late = ((Work.Run) sent.get(behind).work()).exchange();
                if (!sent.get(at).moved() && !sent.get(behind).moved()) {
                    assertThat(late.doneNo())
                            .as("%s was sent before %s, which had ended before it began", early.id(), late.id())
                            .isGreaterThan(early.sentAfter());
                }
            }
        }
    }
}
