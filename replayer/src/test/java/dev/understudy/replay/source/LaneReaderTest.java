package dev.understudy.replay.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.entry.SessionStart;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaneReaderTest {
    private static final UUID AGENT = new UUID(1, 2);

    private final List<Work> works = new ArrayList<>();
    private final LaneReader reader = new LaneReader(0, Intake.of("shop"), ExchangeReadings.none(), works::add);
    private long seq;

    @Test
    void aSessionIsOpenedRunAndClosed() {
        read(0, 4, start(1, "shop", 1), exchange(1, 0, 1, 2, "SELECT 1"), end(1, 2, 3));

        assertThat(works).hasSize(3);
        assertThat(works.get(0)).isInstanceOf(Work.Open.class);
        assertThat(run(1).exchange().id()).isEqualTo(new ExchangeId(1, 0));
        assertThat(run(1).treatment()).isEqualTo(Treatment.SEND);
        assertThat(works.get(2)).isInstanceOf(Work.Close.class);
        assertThat(reader.watermark()).isEqualTo(4);
    }

    @Test
    void duplicatesAreDroppedAndMissingChunksCounted() {
        Chunk chunk = chunk(0, 3, start(1, "shop", 1));
        assertThat(reader.read(chunk)).isTrue();
        assertThat(reader.read(chunk)).isFalse();
        seq += 2;
        read(3, 4, exchange(1, 0, 1, 4, "SELECT 1"));

        assertThat(works).hasSize(2);
        assertThat(reader.missingChunks()).isEqualTo(2);
    }

    @Test
    void whatIsBegunKeepsTheWatermarkDownUntilItsEndIsRead() {
        read(0, 9, start(1, "shop", 1), begun(1, 0, 5));
        assertThat(works).hasSize(1);
        assertThat(reader.watermark()).isEqualTo(5);

        read(9, 12, done(1, 0, 11, "UPDATE 1"));

        assertThat(run(1).exchange().request().readableBytes())
                .isEqualTo(Frames.simple("SELECT 0").readableBytes());
        assertThat(run(1).place().rank()).as("it only met a chunk's close").isEqualTo(22);
        assertThat(reader.watermark()).isEqualTo(12);
    }

    @Test
    void aLongReaderRanksByItsStartAndALongWriterByItsEnd() {
        read(0, 9, start(1, "shop", 1), start(2, "shop", 2), begun(1, 0, 5), begun(2, 0, 6));
        read(9, 10);
        read(10, 13, done(1, 0, 11, "SELECT 1"), done(2, 0, 12, "UPDATE 1"));

        assertThat(run(2).place().rank()).isEqualTo(10);
        assertThat(run(3).place().rank()).isEqualTo(24);
    }

    @Test
    void whatNeverEndsIsGivenOutWithoutAnAnswerIfRoomIsShort() {
        read(0, 9, start(1, "shop", 1), begun(1, 0, 5));

        assertThat(reader.releaseOldest()).isTrue();
        assertThat(reader.releaseOldest()).isFalse();
        assertThat(run(1).treatment()).isEqualTo(new Treatment.SendOnly("answer-outside-window"));
        assertThat(run(1).exchange().doneNo()).isEqualTo(-1);
        assertThat(reader.watermark()).isEqualTo(9);

        read(9, 12, done(1, 0, 11, "SELECT 1"));
        assertThat(works).as("it has been given out").hasSize(2);
        reader.end();
        assertThat(reader.neverDone()).isZero();
    }

    @Test
    void whatIsOpenAtTheEndIsSaid() {
        read(0, 9, start(1, "shop", 1), begun(1, 0, 5));
        reader.end();

        assertThat(works).hasSize(2);
        assertThat(works.get(1)).as("its session ends with the trace").isInstanceOf(Work.Close.class);
        assertThat(reader.openAtEnd()).isEqualTo(1);
        assertThat(reader.watermark()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anEndWithoutItsBeginningIsAGap() {
        read(0, 9, start(1, "shop", 1), done(1, 0, 8, "SELECT 1"));

        assertThat(run(1).treatment()).isEqualTo(new Treatment.Withhold(Disposition.GAP, "pieces-missing", false));
    }

    @Test
    void aSessionThatBeganBeforeTheTraceCannotBeSent() {
        read(0, 9, exchange(1, 7, 1, 2, "SELECT 1"));

        assertThat(run(0).treatment())
                .isEqualTo(new Treatment.Withhold(Disposition.GAP, "session-start-missing", false));
    }

    @Test
    void unlessASnapshotSaysWhatItsServerKnew() {
        read(
                0,
                9,
                new SessionSnapshot(
                        3,
                        1,
                        7,
                        false,
                        TransactionStatus.IDLE,
                        Map.of("session_authorization", "app", "application_name", "web"),
                        Map.of(),
                        List.of()),
                exchange(1, 7, 3, 4, "SELECT 1"));

        Work.Open open = (Work.Open) works.get(0);
        assertThat(open.session().user()).isEqualTo("app");
        assertThat(open.session().application()).isEqualTo("web");
        assertThat(run(1).treatment()).isEqualTo(Treatment.SEND);
    }

    @Test
    void sessionsOfOtherDatabasesAreNotOpened() {
        read(0, 4, start(1, "other", 1), exchange(1, 0, 1, 2, "SELECT 1"), end(1, 2, 3));

        assertThat(works)
                .singleElement()
                .satisfies(work -> assertThat(((Work.Run) work).treatment())
                        .isEqualTo(new Treatment.Withhold(Disposition.FILTERED, "other-database", false)));
    }

    @Test
    void anAgentThatStartsAnewEndsTheSessionsOfItsEarlierStart() {
        long old = SessionIds.of(0, 1);
        long fresh = SessionIds.of(1, 1);
        read(0, 9, start(old, "shop", 1), begun(old, 0, 5));
        assertThat(reader.watermark()).isEqualTo(5);

        reader.read(new Chunk(
                new ChunkHeader(AGENT, 1, 0, 1, 0, 20, 30, 0, 0, 1), List.<Entry>of(start(fresh, "shop", 25))));

        assertThat(works).hasSize(3);
        assertThat(works.get(1)).isInstanceOfSatisfying(Work.Close.class, close -> {
            assertThat(close.session().session()).isEqualTo(old);
            assertThat(close.place().rank()).isEqualTo(40);
        });
        assertThat(reader.openAtEnd()).isEqualTo(1);
        assertThat(reader.watermark()).isEqualTo(30);
    }

    @Test
    void aClosingHeartbeatLetsOthersGoOn() {
        read(0, 9, start(1, "shop", 1));
        UUID other = new UUID(3, 4);
        reader.read(new Chunk(header(other, 0, 20), List.of(new Heartbeat(20, 0, 0, 0, 0, 0, 0, 0, false))));
        assertThat(reader.watermark()).isEqualTo(9);

        read(9, 9, new Heartbeat(9, 0, 0, 0, 0, 0, 0, 0, true));
        assertThat(reader.watermark()).isEqualTo(20);
    }

    private Work.Run run(int index) {
        return (Work.Run) works.get(index);
    }

    private void read(long open, long close, Entry... entries) {
        assertThat(reader.read(chunk(open, close, entries))).isTrue();
    }

    private Chunk chunk(long open, long close, Entry... entries) {
        return new Chunk(header(AGENT, open, close), List.of(entries));
    }

    private ChunkHeader header(UUID agent, long open, long close) {
        return new ChunkHeader(agent, 0, 0, 1, agent.equals(AGENT) ? seq++ : 0, open, close, 0, 0, 1);
    }

    private static SessionStart start(long session, String database, long doneNo) {
        return new SessionStart(
                doneNo, session, doneNo - 1, doneNo, 0, 1, "c", "s", "app", database, 3 << 16, Map.of(), Map.of());
    }

    private static SessionEnd end(long session, long sentAfter, long doneNo) {
        return new SessionEnd(doneNo, session, sentAfter, doneNo, 0, SessionEnd.Reason.TERMINATE, 1);
    }

    private static Exchange exchange(long session, long ordinal, long sentAfter, long doneNo, String tag) {
        return new Exchange(
                doneNo,
                new ExchangeId(session, ordinal),
                doneNo,
                TransactionStatus.IDLE,
                Set.of(),
                List.of(new Segment(0, 0, sentAfter, 0)),
                Frames.simple("SELECT 1"),
                0,
                answer(tag));
    }

    private static Begun begun(long session, long ordinal, long sentAfter) {
        return new Begun(
                sentAfter,
                new ExchangeId(session, ordinal),
                TransactionStatus.IDLE,
                List.of(new Segment(0, 0, sentAfter, 0)),
                Frames.simple("SELECT 0"),
                0);
    }

    private static Done done(long session, long ordinal, long doneNo, String tag) {
        return new Done(
                doneNo,
                new ExchangeId(session, ordinal),
                doneNo,
                Set.of(),
                List.of(),
                Unpooled.EMPTY_BUFFER,
                0,
                answer(tag));
    }

    private static Answer answer(String tag) {
        return new Answer(Unpooled.EMPTY_BUFFER, 0, List.of(), List.of(tag), TransactionStatus.IDLE, 0, 0);
    }
}
