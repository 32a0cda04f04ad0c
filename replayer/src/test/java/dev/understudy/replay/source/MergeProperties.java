package dev.understudy.replay.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Pipelining;
import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.SerialSchedule;
import dev.understudy.replay.schedule.Task;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.chunk.Chunk;
import dev.understudy.trace.chunk.ChunkHeader;
import dev.understudy.trace.entry.Answer;
import dev.understudy.trace.entry.Begun;
import dev.understudy.trace.entry.Done;
import dev.understudy.trace.entry.Entry;
import dev.understudy.trace.entry.Exchange;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Segment;
import dev.understudy.trace.entry.SessionEnd;
import dev.understudy.trace.entry.SessionStart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However a trace is cut into lanes and chunks, and however they are read, it comes out in one order. */
class MergeProperties {
    private static final ByteBuf NOTHING = Unpooled.EMPTY_BUFFER;
    private static final UUID AGENT = new UUID(5, 6);

    /** A made-up agent: lanes of sessions with exchanges under way, chunks closed whenever it pleases. */
    private static final class MadeUpAgent {
        private record Sent(ExchangeId id, long sentAfter, boolean[] begun) {}

        final List<List<Chunk>> chunks = new ArrayList<>();
        int exchanges;

        private final Random random;
        private final List<List<Entry>> entries = new ArrayList<>();
        private final long[] counterOpen;
        private final Map<Integer, Deque<Sent>> underWay = new HashMap<>();
        private final Map<Integer, Long> ordinals = new HashMap<>();
        private long counter;

        MadeUpAgent(Random random, int lanes, int sessions, int steps) {
            this.random = random;
            this.counterOpen = new long[lanes];
            for (int lane = 0; lane < lanes; lane++) {
                chunks.add(new ArrayList<>());
                entries.add(new ArrayList<>());
            }
            for (int session = 1; session <= sessions; session++) {
                start(session);
            }
            for (int step = 0; step < steps; step++) {
                step(1 + random.nextInt(sessions));
            }
            for (int session = 1; session <= sessions; session++) {
                while (!underWay.get(session).isEmpty()) {
                    answer(session);
                }
                end(session);
            }
            for (int lane = 0; lane < lanes; lane++) {
                closeChunk(lane);
            }
        }

        private int lane(int session) {
            return session % entries.size();
        }

        private void step(int session) {
            if (random.nextInt(12) == 0) {
                closeChunk(random.nextInt(entries.size()));
            } else if (underWay.get(session).isEmpty() || (random.nextInt(5) == 0)) {
                underWay.get(session)
                        .addLast(new Sent(
                                new ExchangeId(session, ordinals.merge(session, 1L, Long::sum) - 1),
                                counter,
                                new boolean[1]));
            } else {
                answer(session);
            }
        }

        private void start(int session) {
            long before = counter;
            long number = ++counter;
            underWay.put(session, new ArrayDeque<>());
            entries.get(lane(session))
                    .add(new SessionStart(
                            number, session, before, number, 0, 1, "c", "s", "u", "shop", 0, Map.of(), Map.of()));
        }

        private void end(int session) {
            long before = counter;
            long number = ++counter;
            entries.get(lane(session))
                    .add(new SessionEnd(
                            number,
                            session,
                            before,
                            number,
                            0,
                            SessionEnd.Reason.TERMINATE,
                            ordinals.getOrDefault(session, 0L)));
        }

        private void answer(int session) {
            Sent sent = underWay.get(session).removeFirst();
            long number = ++counter;
            exchanges++;
            String tag = List.of("SELECT 1", "UPDATE 1", "COMMIT").get(random.nextInt(3));
            Answer answer = new Answer(NOTHING, 0, List.of(), List.of(tag), TransactionStatus.IDLE, 0, 0);
            entries.get(lane(session))
                    .add(
                            sent.begun()[0]
                                    ? new Done(number, sent.id(), number, Set.of(), List.of(), NOTHING, 0, answer)
                                    : new Exchange(
                                            number,
                                            sent.id(),
                                            number,
                                            TransactionStatus.IDLE,
                                            Set.of(),
                                            segments(sent),
                                            NOTHING,
                                            0,
                                            answer));
        }

        private static List<Segment> segments(Sent sent) {
            return List.of(new Segment(0, 0, sent.sentAfter(), 0));
        }

        private void closeChunk(int lane) {
            for (Map.Entry<Integer, Deque<Sent>> session : underWay.entrySet()) {
                for (Sent sent : lane(session.getKey()) == lane ? session.getValue() : new ArrayDeque<Sent>()) {
                    if (!sent.begun()[0]) {
                        sent.begun()[0] = true;
                        entries.get(lane)
                                .add(new Begun(counter, sent.id(), TransactionStatus.IDLE, segments(sent), NOTHING, 0));
                    }
                }
            }
            List<Chunk> closed = chunks.get(lane);
            closed.add(new Chunk(
                    new ChunkHeader(AGENT, 0, lane, entries.size(), closed.size(), counterOpen[lane], counter, 0, 0, 1),
                    entries.get(lane)));
            counterOpen[lane] = counter;
            entries.set(lane, new ArrayList<>());
        }
    }

    @Property(tries = 500)
    void everyExchangeComesOnceInTheOrderOfThePlaces(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 4) int lanes,
            @ForAll @IntRange(min = 1, max = 6) int sessions) {
        MadeUpAgent agent = new MadeUpAgent(random, lanes, sessions, 150);
        SerialSchedule schedule = new SerialSchedule(new Pipelining(3, 1000), false);
        List<LaneReader> readers = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            readers.add(new LaneReader(
                    lane,
                    Intake.of("shop"),
                    ExchangeReadings.none(),
                    work -> schedule.add(new Task(work, Long.MIN_VALUE))));
        }
        List<Work> sent = new ArrayList<>();
        int[] next = new int[lanes];
        while (readers.stream().anyMatch(reader -> !reader.isEnded())) {
            int lane = random.nextInt(lanes);
            if (next[lane] < agent.chunks.get(lane).size()) {
                int at = random.nextInt(6) == 0 && next[lane] > 0 ? next[lane] - 1 : next[lane]++;
                readers.get(lane).read(agent.chunks.get(lane).get(at));
            } else {
                readers.get(lane).end();
            }
            schedule.watermark(
                    readers.stream().mapToLong(LaneReader::watermark).min().orElseThrow());
            send(schedule, sent);
        }

        assertThat(schedule.isIdle()).isTrue();
        assertThat(sent).filteredOn(Work.Run.class::isInstance).hasSize(agent.exchanges);
        assertThat(sent.stream().map(Work::place)).isSorted();
        assertThat(sent.stream().map(Work::place).map(Place::number)).doesNotHaveDuplicates();
    }

    private static void send(SerialSchedule schedule, List<Work> sent) {
        for (List<Task> tasks = schedule.next(0); !tasks.isEmpty(); tasks = schedule.next(0)) {
            for (Task task : tasks) {
                sent.add(task.work());
                schedule.done(task, true);
            }
        }
    }
}
