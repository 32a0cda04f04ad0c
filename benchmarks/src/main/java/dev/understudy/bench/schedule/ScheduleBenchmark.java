package dev.understudy.bench.schedule;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.generated.Generated;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.CausalSchedule;
import dev.understudy.replay.schedule.Pipelining;
import dev.understudy.replay.schedule.Place;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.SessionSchedule;
import dev.understudy.replay.schedule.Task;
import dev.understudy.replay.schedule.Touch;
import dev.understudy.replay.schedule.Touch.Use;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.entry.ExchangeId;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a schedule costs per task, from its coming to its end; run with {@code -prof gc} for the bytes. Sessions overlap, the
 * trace is read well ahead, and answers come in the order in which was sent.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScheduleBenchmark {
    private static final int TASKS = 7_000;
    private static final int SESSIONS = 32;
    private static final int READ_AHEAD = 500;

    /** What the sessions do. */
    public enum Load {
        /** pgbench's select-only: autocommitted reads of rows by key. */
        READ_ONLY,
        /** pgbench's TPC-B on rows that no other session touches. */
        DISJOINT,
        /** The same, all of one branch. */
        HOT_ROW
    }

    /** What the sessions do. */
    @Param
    public Load load = Load.READ_ONLY;

    private List<Work.Run> works = List.of();

    /** Makes the work. */
    @Setup
    public void setup() {
        works = new ArrayList<>();
        Map<Integer, Place> last = new HashMap<>();
        for (int i = 0; i < TASKS; i++) {
            // one transaction after the other where they would wait for each other, else side by side
            int session = load == Load.HOT_ROW ? i / 7 % SESSIONS : i % SESSIONS;
            int step = load == Load.HOT_ROW ? i % 7 : i / SESSIONS % 7;
            boolean ends = load == Load.READ_ONLY || step == 6;
            RecordedExchange exchange =
                    exchange(session, i, ends, !ends ? "UPDATE 1" : step == 6 ? "COMMIT" : "SELECT 1");
            Place before = last.getOrDefault(session, Place.FIRST);
            Place place = exchange.isEnd()
                    ? Place.ofEnd(exchange.sentAfter(), exchange.doneNo(), before)
                    : Place.ofAny(exchange.doneNo(), before);
            last.put(session, place);
            works.add(new Work.Run(
                    new SessionInfo(session, 0, "app", "shop", Map.of(), null),
                    place,
                    exchange,
                    Treatment.SEND,
                    touches(session, i, step),
                    Generated.NONE,
                    null));
        }
    }

    private List<Touch> touches(int session, int number, int step) {
        if (load == Load.READ_ONLY) {
            return List.of(new Touch("public.pgbench_accounts", number % 1_000, Use.READ));
        }
        return switch (step) {
            case 1 -> List.of(new Touch("public.pgbench_accounts", number, Use.WRITE));
            case 2 -> List.of(new Touch("public.pgbench_accounts", number - 1, Use.READ));
            case 3 -> List.of(new Touch("public.pgbench_tellers", session, Use.WRITE));
            case 4 -> List.of(new Touch("public.pgbench_branches", load == Load.HOT_ROW ? 1 : session, Use.WRITE));
            case 5 -> List.of(new Touch("public.pgbench_history", null, Use.ADD));
            default -> List.of();
        };
    }

    private static RecordedExchange exchange(int session, int number, boolean ends, String tag) {
        return new RecordedExchange(
                new ExchangeId(session, number),
                number + 1L,
                Math.max(0, number + 1L - SESSIONS),
                TransactionStatus.IDLE,
                ends ? TransactionStatus.IDLE : TransactionStatus.IN_TRANSACTION,
                Set.of(),
                Unpooled.EMPTY_BUFFER,
                Unpooled.EMPTY_BUFFER,
                List.of(),
                List.of(tag),
                AnswerFacts.NONE,
                0,
                0,
                true);
    }

    /** Tasks in causal order. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public int causal() {
        return play(new CausalSchedule(new Pipelining(16, 1 << 16), false, Work.Run::touches));
    }

    /** Tasks in session order, which looks at nothing. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public int session() {
        return play(new SessionSchedule(new Pipelining(16, 1 << 16), false, SESSIONS));
    }

    private int play(Schedule schedule) {
        Deque<Task> underWay = new ArrayDeque<>();
        int read = 0;
        int done = 0;
        while (done < TASKS) {
            if (read < TASKS && read - done < READ_AHEAD) {
                for (int i = 0; i < SESSIONS && read < TASKS; i++) {
                    schedule.add(new Task(works.get(read++), Long.MIN_VALUE));
                }
                schedule.watermark(read < TASKS ? works.get(read).sentAfter() : Long.MAX_VALUE);
            }
            for (List<Task> tasks = schedule.next(0); !tasks.isEmpty(); tasks = schedule.next(0)) {
                underWay.addAll(tasks);
            }
            for (int i = Math.min(SESSIONS, underWay.size()); i > 0; i--) {
                Task task = underWay.removeFirst();
                schedule.done(task, task.work().endsTransaction());
                done++;
            }
        }
        return done;
    }
}
