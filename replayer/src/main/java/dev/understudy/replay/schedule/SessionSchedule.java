package dev.understudy.replay.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Each session in its own order, all sessions side by side. What production's client had pipelined is written
 * together; without a pace, so is whatever of a session is ready.
 *
 * <p>What uses a value that the server generated for another session waits until that has been answered.
 *
 * <p>At most {@code maxSessions} are open at once; a session beyond that begins when another has ended. Of what is
 * ready, the lowest place goes first.
 */
public final class SessionSchedule implements Schedule {
    private final Pipelining pipelining;
    private final boolean paced;
    private final int maxSessions;
    private final Map<Long, Line> lines = new HashMap<>();
    private final PriorityQueue<Line> ready = new PriorityQueue<>(
            Comparator.comparingLong((Line line) -> line.head().dueNanos())
                    .thenComparing(line -> line.head().work().place()));
    private final Deque<Line> waitingToOpen = new ArrayDeque<>();
    /** Lines whose heads use values that another session's exchange brings. */
    private final List<Line> waitingForValues = new ArrayList<>();

    private final Dependence<Task> dependence = new Dependence<>();
    private long watermark = Long.MIN_VALUE;
    private int openSessions;
    private int queued;
    private int underWay;

    /** One session's tasks. */
    private static final class Line {
        final Deque<Task> unsent = new ArrayDeque<>();
        int underWay;
        boolean offered;

        Task head() {
            return unsent.getFirst();
        }
    }

    /** An empty schedule; {@code paced} if tasks have due times. */
    public SessionSchedule(Pipelining pipelining, boolean paced, int maxSessions) {
        this.pipelining = pipelining;
        this.paced = paced;
        this.maxSessions = maxSessions;
    }

    @Override
    public void add(Task task) {
        Line line = lines.computeIfAbsent(task.session(), session -> new Line());
        line.unsent.addLast(task);
        queued++;
        dependence.add(task, task.work());
        offer(line);
    }

    /** Makes the line's head available, if nothing of the line is; a line's head never changes while it is offered. */
    private void offer(Line line) {
        if (!line.offered && line.underWay == 0 && !line.unsent.isEmpty()) {
            line.offered = true;
            ready.add(line);
        }
    }

    @Override
    public void watermark(long counter) {
        watermark = Math.max(watermark, counter);
        lookAgain();
    }

    private void lookAgain() {
        ready.addAll(waitingForValues);
        waitingForValues.clear();
    }

    private boolean mustWait(Task task) {
        return Dependence.usesUnread(task.work(), watermark) || dependence.mustWait(task, task.work());
    }

    @Override
    public List<Task> next(long nowNanos) {
        while (!ready.isEmpty() && ready.peek().head().dueNanos() <= nowNanos) {
            Line line = ready.poll();
            if (mustWait(line.head())) {
                waitingForValues.add(line);
                continue;
            }
            if (line.head().work() instanceof Work.Open) {
                if (openSessions >= maxSessions) {
                    waitingToOpen.addLast(line);
                    continue;
                }
                openSessions++;
            }
            line.offered = false;
            return send(line);
        }
        return List.of();
    }

    private List<Task> send(Line line) {
        List<Task> run = new ArrayList<>();
        int bytes = 0;
        do {
            Task task = line.unsent.removeFirst();
            task.state = Task.State.SENT;
            bytes += Pipelining.requestBytes(task.work());
            run.add(task);
        } while (run.size() < pipelining.exchanges() && goesAlong(line, run.get(run.size() - 1), bytes));
        line.underWay = run.size();
        underWay += run.size();
        queued -= run.size();
        return run;
    }

    private boolean goesAlong(Line line, Task last, int bytes) {
        if (line.unsent.isEmpty()) {
            return false;
        }
        Work follower = line.head().work();
        return Pipelining.mayFollow(last.work())
                && Pipelining.mayBeAhead(follower)
                && !mustWait(line.head())
                && (!paced || Pipelining.wasPipelined(last.work(), follower))
                && bytes + Pipelining.requestBytes(follower) <= pipelining.bytes();
    }

    @Override
    public long nextDueNanos(long nowNanos) {
        return ready.isEmpty() || ready.peek().head().dueNanos() <= nowNanos
                ? NOT_BY_TIME
                : ready.peek().head().dueNanos();
    }

    @Override
    public void done(Task task, boolean transactionOver) {
        Line line = lines.get(task.session());
        if (line == null) {
            throw new IllegalStateException("session=" + task.session() + ": unknown to the schedule");
        }
        task.state = Task.State.DONE;
        dependence.done(task);
        lookAgain();
        line.underWay--;
        underWay--;
        if (task.work() instanceof Work.Close) {
            openSessions--;
            if (line.unsent.isEmpty()) {
                lines.remove(task.session());
            }
            if (!waitingToOpen.isEmpty()) {
                ready.add(waitingToOpen.removeFirst());
            }
        }
        offer(line);
    }

    @Override
    public void blocked(Task task, Set<Long> holders) {
        // sessions go on side by side, as they did in production: who holds a lock will release it
    }

    @Override
    public boolean isOrderedAcrossSessions() {
        return false;
    }

    @Override
    public boolean isIdle() {
        return queued == 0 && underWay == 0;
    }

    @Override
    public List<Task> queued() {
        return lines.values().stream().flatMap(line -> line.unsent.stream()).toList();
    }
}
