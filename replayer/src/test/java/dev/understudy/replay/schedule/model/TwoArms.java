package dev.understudy.replay.schedule.model;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.schedule.Task;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.schedule.model.Op.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replays a history on two servers, with nothing but what a schedule is told; a twin of the director. */
final class TwoArms {
    private static final int MAX_WAY = 6;
    private static final int STALL_AFTER = 20;
    private static final int POLL_EVERY = 8;
    private static final int STALLED_AFTER = 20_000;

    final List<Flight> finished = new ArrayList<>();
    final List<ModelServer> servers = new ArrayList<>();

    private final Agenda agenda = new Agenda();
    private final Random random;
    private final Schedule schedule;
    private final Map<Long, Op> byNumber = new HashMap<>();
    private final Map<Integer, Deque<Flight>> sessions = new HashMap<>();
    private final long[][] arrivals;
    private final long[][] answers;
    private long lastProgress;
    private boolean stalled;

    /** A task with what the arms answered. */
    static final class Flight {
        final Task task;
        final Op op;
        final @Nullable Answer[] answers = new @Nullable Answer[2];
        long since;

        Flight(Task task, Op op) {
            this.task = task;
            this.op = op;
        }

        boolean isForced() {
            return ((Work.Run) task.work()).treatment() instanceof Treatment.Force;
        }

        boolean armsAgree() {
            Answer first = answers[0];
            return first != null && first.equals(answers[1]);
        }

        boolean isAsRecorded() {
            return op.answer.equals(answers[0]);
        }
    }

    TwoArms(Schedule schedule, Traffic traffic, boolean trigger, long seed) {
        this.schedule = schedule;
        this.random = new Random(seed);
        this.arrivals = new long[2][traffic.sessions()];
        this.answers = new long[2][traffic.sessions()];
        for (int arm = 0; arm < 2; arm++) {
            int index = arm;
            ModelServer server = new ModelServer(
                    agenda,
                    new Random(seed + 1 + arm),
                    trigger && arm == 1,
                    0,
                    (op, answer) -> answered(index, op, answer));
            Production.fill(server, traffic);
            servers.add(server);
        }
    }

    /** Somebody who is no session of the trace locks rows now and then, on one arm or on both. */
    void letStrangersIn(int rows, long until) {
        for (long time = random.nextInt(200); time < until; time += 100L + random.nextInt(400)) {
            Op.Key key = new Op.Key("hot", random.nextInt(rows));
            int arms = 1 + random.nextInt(3);
            long howLong = 1L + random.nextInt(150);
            for (int arm = 0; arm < 2; arm++) {
                ModelServer server = servers.get(arm);
                if ((arms & 1 << arm) != 0) {
                    agenda.at(time, () -> server.strangerLocks(key, howLong));
                }
            }
        }
    }

    /** Plays everything; false if it came to a standstill. */
    boolean play(List<Op> history, List<Work.Run> works, int readAhead, int pace) {
        history.forEach(op -> byNumber.put(op.doneNo, op));
        read(works, 0, readAhead, pace);
        agenda.in(POLL_EVERY, this::poll);
        while (!stalled && finished.size() < works.size() && agenda.step()) {
            send();
        }
        return finished.size() == works.size() && schedule.isIdle();
    }

    /** What is read comes in pieces, and with each what is known of the rest. */
    private void read(List<Work.Run> works, int from, int readAhead, int pace) {
        int until = Math.min(works.size(), from + readAhead);
        for (Work.Run work : works.subList(from, until)) {
            long due = pace == 0 ? Long.MIN_VALUE : work.startWallMicros() / 1000 * pace / 100;
            schedule.add(new Task(work, due));
        }
        schedule.watermark(works.subList(until, works.size()).stream()
                .mapToLong(Work::sentAfter)
                .min()
                .orElse(Long.MAX_VALUE));
        if (until < works.size()) {
            agenda.in(random.nextInt(20), () -> read(works, until, readAhead, pace));
        }
    }

    private void send() {
        for (List<Task> tasks = schedule.next(agenda.now()); !tasks.isEmpty(); tasks = schedule.next(agenda.now())) {
            for (Task task : tasks) {
                Work.Run run = (Work.Run) task.work();
                Op op = byNumber.get(run.exchange().doneNo());
                Flight flight = new Flight(task, op);
                flight.since = agenda.now();
                sessions.computeIfAbsent(op.session, session -> new ArrayDeque<>())
                        .addLast(flight);
                for (int arm = 0; arm < 2; arm++) {
                    send(arm, op, run.treatment());
                }
            }
        }
    }

    private void send(int arm, Op op, Treatment treatment) {
        long[] last = arrivals[arm];
        last[op.session] = Math.max(last[op.session], agenda.now() + 1 + random.nextInt(MAX_WAY));
        ModelServer server = servers.get(arm);
        agenda.at(last[op.session], () -> {
            if (treatment instanceof Treatment.Force force) {
                server.receiveForced(op, force.sqlState());
            } else {
                server.receive(op);
            }
        });
    }

    private void answered(int arm, Op op, Answer answer) {
        long[] last = answers[arm];
        last[op.session] = Math.max(last[op.session], agenda.now() + 1 + random.nextInt(MAX_WAY));
        agenda.at(last[op.session], () -> {
            Flight flight = sessions.get(op.session).stream()
                    .filter(candidate -> candidate.op == op)
                    .findFirst()
                    .orElseThrow();
            flight.answers[arm] = answer;
            flight.task.answeredOnAnArm();
            if (flight.answers[1 - arm] != null) {
                finish(flight);
            }
        });
    }

    private void finish(Flight flight) {
        Deque<Flight> flights = sessions.get(flight.op.session);
        flights.remove(flight);
        if (!flights.isEmpty()) {
            flights.getFirst().since = agenda.now();
        }
        lastProgress = agenda.now();
        finished.add(flight);
        boolean over = Arrays.stream(flight.answers)
                .allMatch(answer -> answer != null && answer.after() == TransactionStatus.IDLE);
        schedule.done(flight.task, over);
    }

    /** Asks the servers what takes long; what they say is heard somewhat later. */
    private void poll() {
        stalled = agenda.now() - lastProgress > STALLED_AFTER;
        for (Map.Entry<Integer, Deque<Flight>> session : sessions.entrySet()) {
            Flight head = session.getValue().peekFirst();
            if (head == null || agenda.now() - head.since < STALL_AFTER) {
                continue;
            }
            Set<Long> holders = new HashSet<>();
            int waiting = 0;
            for (int arm = 0; arm < 2; arm++) {
                if (head.answers[arm] == null) {
                    Set<Long> here = servers.get(arm).holders(session.getKey());
                    waiting += here.isEmpty() ? 0 : 1;
                    holders.addAll(here);
                }
            }
            if (!holders.isEmpty()) {
                boolean everywhere = waiting == 2;
                agenda.in(random.nextInt(4), () -> {
                    if (session.getValue().peekFirst() == head) {
                        if (everywhere) {
                            head.task.waitsOnEveryArm();
                        }
                        schedule.blocked(head.task, holders);
                    }
                });
            }
        }
        agenda.in(POLL_EVERY, this::poll);
    }
}
