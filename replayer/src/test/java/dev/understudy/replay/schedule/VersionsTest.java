package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Touch.Use;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Readers and the ends of writers, put in order by what production's answers show. */
class VersionsTest {
    private static final TransactionStatus OPEN = TransactionStatus.IN_TRANSACTION;
    private static final TransactionStatus IDLE = TransactionStatus.IDLE;
    private static final Touch SNAPSHOT = new Touch(Touch.ANYTHING, null, Use.READ);

    private final Map<Long, List<Touch>> touches = new HashMap<>();
    private final CausalSchedule schedule = new CausalSchedule(
            new Pipelining(1, 1 << 20),
            false,
            run -> touches.getOrDefault(run.exchange().doneNo(), List.of()));

    @Test
    void whoShowsWhatWasThereBeforeComesBeforeTheEnd() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 5);
        Task reader = add(2, 2, 4, IDLE, read(1, "old"));

        assertThat(order()).containsExactly(before, update, reader, commit);
    }

    @Test
    void whoShowsTheNewVersionKeepsItsPlace() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 5);
        Task reader = add(2, 2, 4, IDLE, read(1, "new"));

        assertThat(order()).containsExactly(before, update, commit, reader);
    }

    @Test
    void whereWhatWasThereIsNotKnownAnythingButTheNewVersionIsOlder() {
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 5);
        Task reader = add(2, 2, 4, IDLE, read(1, "old"));

        assertThat(order()).containsExactly(update, reader, commit);
    }

    @Test
    void whatAReaderShowedIsKnownToo() {
        Task first = add(9, 0, 1, IDLE, read(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, null));
        Task commit = end(1, 2, 5);
        Task reader = add(2, 2, 4, IDLE, read(1, "old"));

        assertThat(order()).containsExactly(first, update, reader, commit);
    }

    @Test
    void anEndThatIsProvenToComeFirstDoes() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 3);
        Task reader = add(2, 3, 4, IDLE, read(1, "old"));

        assertThat(order()).containsExactly(before, update, commit, reader);
    }

    /** What the reader's own session had done before keeps its place among what others had. */
    @Test
    void whatIsBroughtForwardSeesTheEndsThatItSaw() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 20);
        Task own = add(2, 1, 3, OPEN, wrote(5, "x"));
        Task ownCommit = end(2, 3, 6);
        Task other = add(3, 6, 8, IDLE, read(5, "x"));
        Task reader = add(2, 8, 10, IDLE, read(1, "old"));

        assertThat(order()).containsExactly(before, update, own, ownCommit, other, reader, commit);
    }

    @Test
    void whatIsRolledBackIsNoVersion() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task rollback = task(1, 2, 5, Place.ofEnd(2, 5, Place.FIRST), IDLE, null, "ROLLBACK");
        Task reader = add(2, 2, 4, IDLE, read(1, "old"));
        Task next = add(3, 5, 6, OPEN, wrote(1, null));
        Task end = end(3, 6, 9);
        Task later = add(4, 6, 8, IDLE, read(1, "old"));

        assertThat(order()).containsExactly(before, update, rollback, reader, next, later, end);
    }

    @Test
    void whatASavepointBringsBackIsNotKnown() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "undone"));
        Task back = task(1, 2, 3, Place.ofAny(3, Place.FIRST), OPEN, null, "ROLLBACK");
        Task commit = end(1, 3, 4);
        Task next = add(3, 4, 5, OPEN, wrote(1, "next"));
        Task end = end(3, 5, 8);
        Task reader = add(4, 5, 7, IDLE, read(1, "next"));

        assertThat(order()).containsExactly(before, update, back, commit, next, end, reader);
    }

    /** Columns that both show decide; a version of others says nothing. */
    @Test
    void versionsOfOtherColumnsSayNothing() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, null));
        Task commit = end(1, 2, 5);
        Version other = new Version(new long[] {7}, new byte[][] {bytes("old")});
        Task reader = add(2, 2, 4, IDLE, new Touch("a", 1, Use.READ, null, other));

        assertThat(order()).containsExactly(before, update, commit, reader);
    }

    @Test
    void oneSnapshotIsPlacedByAnyOfItsReads() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 5);
        Task first = add(2, 2, 4, OPEN, SNAPSHOT, read(2, "x"));
        Task second = add(2, 5, 6, OPEN, read(1, "old"));
        Task end = end(2, 6, 7);

        assertThat(order()).containsExactly(before, update, first, commit, second, end);
    }

    /** Whatever it shows: production would have refused it, had it not come behind. */
    @Test
    void whoWritesTheRowTooAndIsNotRefusedComesBehind() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 5);
        Task first = add(2, 2, 4, OPEN, SNAPSHOT, read(1, "old"));
        Task second = add(2, 5, 6, OPEN, wrote(1, "newer"));
        Task end = end(2, 6, 7);

        assertThat(order()).containsExactly(before, update, commit, first, second, end);
    }

    @Test
    void whoIsRefusedCameBefore() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 5);
        Task first = add(2, 2, 4, OPEN, SNAPSHOT, read(1, "old"));
        touches.put(6L, List.of(wrote(1, null)));
        Task refused = task(2, 5, 6, Place.ofAny(6, Place.FIRST), TransactionStatus.FAILED, "40001");

        assertThat(order()).containsExactly(before, update, first, commit, refused);
    }

    @Test
    void ownChangesAreNoSignOfASnapshot() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task own = add(2, 1, 2, OPEN, wrote(1, "own"));
        Task update = add(1, 1, 3, OPEN, wrote(2, "new"));
        Task commit = end(1, 3, 7);
        Task reader = add(2, 3, 6, OPEN, read(1, "own"));
        Task end = end(2, 7, 8);

        assertThat(order()).containsExactly(before, own, update, commit, reader, end);
    }

    /** It ranks by its answer, but had committed some time before that. */
    @Test
    void whoShowsTheVersionOfWhatCommitsByItselfComesBehindThat() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task writer = add(1, 1, 5, IDLE, wrote(1, "new"));
        Task reader = add(2, 1, 4, IDLE, read(1, "new"));

        assertThat(order()).containsExactly(before, writer, reader);
    }

    @Test
    void ofSeveralTheOneWhoseVersionItIsIsTaken() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task unknown = add(1, 1, 5, IDLE, wrote(1, null));
        Task writer = add(3, 1, 7, IDLE, wrote(1, "new"));
        Task reader = add(2, 1, 4, IDLE, read(1, "new"));

        assertThat(order()).containsExactly(before, writer, reader, unknown);
    }

    @Test
    void aVersionThatNobodyReturnedIsTheNextOnes() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task later = add(1, 1, 7, IDLE, wrote(1, null));
        Task writer = add(3, 1, 5, IDLE, wrote(1, null));
        Task reader = add(2, 1, 4, IDLE, read(1, "new"));

        assertThat(order()).containsExactly(before, writer, reader, later);
    }

    /** Nobody can have committed a change of a row that another's open transaction has locked. */
    @Test
    void whoWouldWaitForTheRowsHolderIsNotBroughtForward() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task holder = add(4, 1, 2, OPEN, wrote(1, "held"));
        Task reader = add(2, 2, 4, IDLE, read(1, "other"));
        Task end = end(4, 4, 6);
        Task writer = add(1, 2, 7, IDLE, wrote(1, null));

        assertThat(order()).containsExactly(before, holder, reader, end, writer);
    }

    @Test
    void whatIsSentLaterIsNotWhatWasShown() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task reader = add(2, 1, 4, IDLE, read(1, "new"));
        Task writer = add(1, 4, 5, IDLE, wrote(1, "new"));

        assertThat(order()).containsExactly(before, reader, writer);
    }

    /** What is proven to come before what is brought forward comes first too, though its place is behind the end's. */
    @Test
    void provenOrdersAreKeptWhereAnEndIsPassed() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task update = add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 8);
        Task proven = add(3, 2, 4, IDLE, wrote(2, "x"));
        Task reader = add(2, 4, 6, OPEN, SNAPSHOT, read(1, "old"));
        Task end = end(2, 8, 9);

        assertThat(order()).containsExactly(before, update, proven, reader, commit, end);
    }

    @Test
    void whatMayHaveToComeFirstMustHaveBeenRead() {
        add(9, 0, 1, IDLE, wrote(1, "old"));
        add(1, 1, 2, OPEN, wrote(1, "new"));
        Task commit = end(1, 2, 8);
        Task reader = add(2, 5, 6, IDLE, read(1, "old"));
        schedule.watermark(4);

        assertThat(sent()).as("something unread may come before the end").doesNotContain(commit, reader);

        schedule.watermark(8);
        assertThat(sent()).containsExactly(reader, commit);
    }

    /** A write of nobody knows which rows leaves nothing known. */
    @Test
    void aTableThatIsWrittenAsAWholeIsForgotten() {
        Task before = add(9, 0, 1, IDLE, wrote(1, "old"));
        Task all = add(8, 1, 2, IDLE, new Touch("a", null, Use.WRITE));
        Task update = add(1, 2, 3, OPEN, wrote(1, null));
        Task commit = end(1, 3, 6);
        Task reader = add(2, 3, 5, IDLE, read(1, "old"));

        assertThat(order()).containsExactly(before, all, update, commit, reader);
    }

    private List<Task> order() {
        schedule.watermark(Long.MAX_VALUE);
        return sent();
    }

    /** Everything as it is sent, each when the one before it is done. */
    private List<Task> sent() {
        List<Task> sent = new ArrayList<>();
        for (List<Task> tasks = schedule.next(0); !tasks.isEmpty(); tasks = schedule.next(0)) {
            for (Task task : tasks) {
                sent.add(task);
                schedule.done(task, task.work().endsTransaction());
            }
        }
        return sent;
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static Version version(String value) {
        return value == null ? null : new Version(new long[] {1, 2}, new byte[][] {bytes("k"), bytes(value)});
    }

    private static Touch wrote(int key, String version) {
        return new Touch("a", key, Use.WRITE, null, version(version));
    }

    private static Touch read(int key, String version) {
        return new Touch("a", key, Use.READ, null, version(version));
    }

    private Task add(long session, long sentAfter, long doneNo, TransactionStatus after, Touch... touched) {
        touches.put(doneNo, List.of(touched));
        return task(session, sentAfter, doneNo, Place.ofAny(doneNo, Place.FIRST), after, null, "ANY 1");
    }

    private Task end(long session, long sentAfter, long doneNo) {
        return task(session, sentAfter, doneNo, Place.ofEnd(sentAfter, doneNo, Place.FIRST), IDLE, null, "COMMIT");
    }

    private Task task(
            long session,
            long sentAfter,
            long doneNo,
            Place place,
            TransactionStatus after,
            String sqlState,
            String... tags) {
        RecordedExchange exchange = Works.exchange(
                session, doneNo, sentAfter, doneNo, after, Unpooled.EMPTY_BUFFER, Set.of(), sqlState, tags);
        Treatment treatment = sqlState == null ? Treatment.SEND : new Treatment.Force(sqlState);
        Task task = Works.task(new Work.Run(Works.session(session), place, exchange, treatment));
        schedule.add(task);
        return task;
    }
}
