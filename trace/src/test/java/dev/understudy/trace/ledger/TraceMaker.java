package dev.understudy.trace.ledger;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.entry.Access;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Gap;
import dev.understudy.trace.entry.Heartbeat;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.entry.SessionStart;
import dev.understudy.trace.entry.Skip;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes a trace as an agent does, by its rules: one counter, lanes with chunks and ledgers. */
final class TraceMaker {
    final List<Chunk> chunks = new ArrayList<>();
    private final UUID agent;
    private final long[] counter;
    private int epoch;
    private Lane[] lanes = {};

    TraceMaker() {
        this(new UUID(1, 1), new long[1]);
    }

    private TraceMaker(UUID agent, long[] counter) {
        this.agent = agent;
        this.counter = counter;
    }

    /** Another agent on the same counter. */
    TraceMaker neighbour() {
        return new TraceMaker(new UUID(2, agent.getLeastSignificantBits() + 1), counter);
    }

    long counter() {
        return counter[0];
    }

    Lane lane(int lane) {
        return lanes[lane];
    }

    TraceMaker begin(int laneCount) {
        epoch++;
        lanes = new Lane[laneCount];
        for (int lane = 0; lane < laneCount; lane++) {
            lanes[lane] = new Lane(lane);
        }
        return this;
    }

    /** Every lane closes in good order. */
    TraceMaker close() {
        for (Lane lane : lanes) {
            lane.heartbeat(true).chunk();
        }
        return this;
    }

    /** The agent dies, with what its open chunks held, and begins anew. */
    TraceMaker die(int laneCount) {
        begin(laneCount);
        if (counter[0] == 0) {
            return this;
        }
        lanes[0].add(new Gap(
                counter[0],
                0,
                Gap.Reason.UNCLEAN_DEATH,
                List.of(new NumberRange(1, counter[0])),
                -1,
                0,
                Access.UNKNOWN,
                false));
        return this;
    }

    Audit audited() {
        Audit audit = new Audit();
        chunks.forEach(audit::add);
        return audit;
    }

    final class Lane {
        private final int number;
        private final List<Entry> open = new ArrayList<>();
        private long seq;
        private long counterOpen = counter[0];
        private long forwarded;
        private long recorded;
        private long skipped;
        private long lost;
        private long opaque;
        private long ordinal;

        private Lane(int number) {
            this.number = number;
        }

        private long session() {
            return SessionIds.of(epoch, number + 1);
        }

        Lane add(Entry entry) {
            open.add(entry);
            return this;
        }

        Lane start() {
            long before = counter[0]++;
            return add(new SessionStart(
                    counter[0], session(), before, counter[0], 0, 1, "", "", "", "", 0, Map.of(), Map.of()));
        }

        Lane end() {
            long before = counter[0]++;
            return add(
                    new SessionEnd(counter[0], session(), before, counter[0], 0, SessionEnd.Reason.TERMINATE, ordinal));
        }

        Lane exchanges(int count) {
            for (int i = 0; i < count; i++) {
                long before = counter[0]++;
                exchange(before, counter[0]);
            }
            return this;
        }

        Lane exchange(long sentAfter, long doneNo) {
            forwarded++;
            recorded++;
            return add(new Exchange(
                    counter[0],
                    new ExchangeId(session(), ordinal++),
                    doneNo,
                    TransactionStatus.IDLE,
                    Set.of(),
                    segments(sentAfter),
                    Unpooled.EMPTY_BUFFER,
                    0,
                    answer()));
        }

        Lane begun() {
            return add(new Begun(
                    counter[0],
                    new ExchangeId(session(), ordinal++),
                    TransactionStatus.IDLE,
                    segments(counter[0]),
                    Unpooled.EMPTY_BUFFER,
                    0));
        }

        /** The end of what {@link #begun} began last. */
        Lane done() {
            forwarded++;
            recorded++;
            counter[0]++;
            return add(new Done(
                    counter[0],
                    new ExchangeId(session(), ordinal - 1),
                    counter[0],
                    Set.of(),
                    List.of(),
                    Unpooled.EMPTY_BUFFER,
                    0,
                    answer()));
        }

        /** Exchanges that another lane of the same epoch writes the gap for. */
        Lane lose(int count, Lane writer) {
            long from = counter[0] + 1;
            counter[0] += count;
            forwarded += count;
            lost += count;
            ordinal += count;
            writer.add(new Gap(
                    counter[0],
                    session(),
                    Gap.Reason.BUFFER_FULL,
                    List.of(new NumberRange(from, counter[0])),
                    count,
                    0,
                    Access.UNKNOWN,
                    false));
            return this;
        }

        Lane skip(int count) {
            long from = counter[0] + 1;
            counter[0] += count;
            forwarded += count;
            skipped += count;
            return add(new Skip(
                    counter[0],
                    session(),
                    Skip.Policy.FILTERED,
                    List.of(new NumberRange(from, counter[0])),
                    count,
                    0,
                    Access.READ));
        }

        Lane opaque() {
            forwarded++;
            opaque++;
            return add(
                    new Gap(counter[0], session(), Gap.Reason.UNKNOWN_BYTES, List.of(), -1, 0, Access.UNKNOWN, true));
        }

        Lane heartbeat(boolean closing) {
            return add(new Heartbeat(counter[0], 0, forwarded, recorded, skipped, lost, opaque, 1, closing));
        }

        Lane chunk() {
            ChunkHeader header =
                    new ChunkHeader(agent, epoch, number, lanes.length, seq++, counterOpen, counter[0], 0, 0, 0);
            chunks.add(new Chunk(header, open));
            open.clear();
            counterOpen = counter[0];
            return this;
        }
    }

    private static List<Segment> segments(long sentAfter) {
        return List.of(new Segment(0, 0, sentAfter, 0));
    }

    private static Answer answer() {
        return new Answer(Unpooled.EMPTY_BUFFER, 0, List.of(), List.of(), TransactionStatus.IDLE, 0, 0);
    }
}
