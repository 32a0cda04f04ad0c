package dev.understudy.replay.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One total order, one exchange at a time; neighbours of one session are written together where nothing paces them.
 *
 * <p>An arm may decide a race for a lock otherwise than production did. When a task waits for a lock that a session T
 * of ours holds, and T has nothing under way:
 *
 * <ul>
 *   <li>if T's transaction ends with something that production had sent before the waiter's place, T's tasks up to
 *       there are pulled forward: no proven order breaks;
 *   <li>otherwise the waiter is left waiting, and the order goes on without it until T's transaction is over. Work of
 *       the waiter's own session is held back meanwhile.
 * </ul>
 *
 * <p>As soon as a transaction that a waiter waited for is over, nothing else is sent until the waiter has answered or
 * is found waiting again.
 *
 * <p>With two arms there is a standstill that no server sees: two waiters of one row, of which PostgreSQL lets another
 * go first on each arm, so that each has its answer on one arm and waits for the other's transaction on the other. Then
 * one of them gets its transaction's rest written behind what it waits with: the arm that has answered goes on, the
 * other follows. The arms have taken two orders there, and what was under way is raced.
 */
public final class SerialSchedule implements Schedule {
    private static final Comparator<Task> BY_PLACE =
            Comparator.comparing((Task task) -> task.work().place()).thenComparingLong(task -> task.arrival);

    private final Pipelining pipelining;
    private final boolean paced;
    private final Map<Long, Line> lines = new HashMap<>();
    private final PriorityQueue<Task> ranked = new PriorityQueue<>(BY_PLACE);
    private final Deque<Task> urgent = new ArrayDeque<>();
    /** What is written behind something that has no answer yet, to end a standstill. */
    private final Deque<List<Task>> ahead = new ArrayDeque<>();

    private final Dependence<Task> dependence = new Dependence<>();
    /** Tasks that use a value whose producer is left waiting for a lock, and those behind them in their sessions. */
    private final List<Task> waitingForValues = new ArrayList<>();

    private final Set<Line> waiting = new HashSet<>();
    private long watermark = Long.MIN_VALUE;
    private long arrivals;
    private int queued;
    /** Lines with something under way that are not known to wait: at most one. */
    private int active;

    /** One session's tasks. */
    private static final class Line {
        final Deque<Task> unsent = new ArrayDeque<>();
        /** Tasks whose turn in the total order came while the session had something waiting under way. */
        final List<Task> heldBack = new ArrayList<>();

        final Deque<Task> underWay = new ArrayDeque<>();
        Set<Long> waitsFor = Set.of();
    }

    /** An empty schedule; {@code paced} if tasks have due times. */
    public SerialSchedule(Pipelining pipelining, boolean paced) {
        this.pipelining = pipelining;
        this.paced = paced;
    }

    @Override
    public void add(Task task) {
        task.arrival = arrivals++;
        line(task).unsent.addLast(task);
        ranked.add(task);
        dependence.add(task, task.work());
        queued++;
    }

    @Override
    public void watermark(long counter) {
        watermark = Math.max(watermark, counter);
    }

    @Override
    public List<Task> next(long nowNanos) {
        if (!ahead.isEmpty()) {
            return send(ahead.removeFirst());
        }
        if (active > 0) {
            return List.of();
        }
        Task pulled = nextUrgent();
        if (pulled != null) {
            return send(new ArrayList<>(List.of(pulled)));
        }
        Task head = head();
        if (head == null || head.dueNanos() > nowNanos) {
            return List.of();
        }
        ranked.poll();
        return send(run(head));
    }

    @Override
    public long nextDueNanos(long nowNanos) {
        Task head = active > 0 ? null : head();
        return head == null || head.dueNanos() <= nowNanos ? NOT_BY_TIME : head.dueNanos();
    }

    /** The lowest task whose place is final and whose session is free; those of waiting sessions are held back. */
    private @Nullable Task head() {
        for (Task head = ranked.peek(); head != null; head = ranked.peek()) {
            if (head.state == Task.State.QUEUED) {
                if (!head.work().place().isFinal(watermark)) {
                    return null;
                }
                Line line = line(head);
                boolean isNext = line.underWay.isEmpty() && line.unsent.peekFirst() == head;
                if (isNext && !dependence.mustWait(head, head.work())) {
                    return head;
                }
                head.moved = true;
                (line.underWay.isEmpty() ? waitingForValues : line.heldBack).add(head);
            }
            ranked.poll();
        }
        return null;
    }

    private @Nullable Task nextUrgent() {
        for (Iterator<Task> tasks = urgent.iterator(); tasks.hasNext(); ) {
            Task task = tasks.next();
            if (task.state != Task.State.QUEUED) {
                tasks.remove();
            } else if (line(task).underWay.isEmpty() && line(task).unsent.peekFirst() == task) {
                tasks.remove();
                return task;
            }
        }
        return null;
    }

    /** The head with what follows it in the total order, as long as that is the same session's and may be ahead. */
    private List<Task> run(Task head) {
        List<Task> run = new ArrayList<>();
        run.add(head);
        int bytes = Pipelining.requestBytes(head.work());
        Task last = head;
        while (!paced && run.size() < pipelining.exchanges() && Pipelining.mayFollow(last.work())) {
            Task follower = ranked.peek();
            if (follower == null
                    || follower.state != Task.State.QUEUED
                    || follower.session() != head.session()
                    || !Pipelining.mayBeAhead(follower.work())
                    || !follower.work().place().isFinal(watermark)
                    || dependence.mustWait(follower, follower.work())) {
                break;
            }
            bytes += Pipelining.requestBytes(follower.work());
            if (bytes > pipelining.bytes()) {
                break;
            }
            ranked.poll();
            run.add(follower);
            last = follower;
        }
        return run;
    }

    private List<Task> send(List<Task> tasks) {
        Line line = line(tasks.get(0));
        if (line.underWay.isEmpty()) {
            active++;
        }
        for (Task task : tasks) {
            task.state = Task.State.SENT;
            if (line.unsent.pollFirst() != task) {
                throw new IllegalStateException("session=" + task.session() + ": its order broke");
            }
        }
        line.underWay.addAll(tasks);
        queued -= tasks.size();
        return tasks;
    }

    @Override
    public void done(Task task, boolean transactionOver) {
        Line line = line(task);
        task.state = Task.State.DONE;
        line.underWay.remove(task);
        dependence.done(task);
        ranked.addAll(waitingForValues);
        waitingForValues.clear();
        if (line.underWay.isEmpty()) {
            if (!waiting.remove(line)) {
                active--;
            }
            line.waitsFor = Set.of();
            ranked.addAll(line.heldBack);
            line.heldBack.clear();
            if (line.unsent.isEmpty() && task.work() instanceof Work.Close) {
                lines.remove(task.session());
            }
        }
        if ((transactionOver || task.work().letsGo()) && !waiting.isEmpty()) {
            wakeWaitersOf(task.session());
        }
    }

    private void wakeWaitersOf(long session) {
        for (Iterator<Line> waiters = waiting.iterator(); waiters.hasNext(); ) {
            Line waiter = waiters.next();
            if (waiter.waitsFor.contains(session)) {
                waiters.remove();
                waiter.waitsFor = Set.of();
                active++;
            }
        }
    }

    @Override
    public void blocked(Task task, Set<Long> holders) {
        Line line = line(task);
        if (line.underWay.isEmpty() || holders.isEmpty()) {
            return;
        }
        line.waitsFor = Set.copyOf(holders);
        if (waiting.contains(line)) {
            endStandstill(line);
            return;
        }
        boolean pulled = false;
        for (long holder : holders) {
            pulled |= pull(holder, task);
        }
        task.moved |= !pulled;
        waiting.add(line);
        active--;
    }

    /** If all that a line waits for waits in a circle, lets the circle's lowest go on that can. */
    private void endStandstill(Line start) {
        if (!ahead.isEmpty()) {
            return;
        }
        Set<Line> circle = Standstill.circle(start, this::waitingHolders);
        circle.forEach(line -> line.underWay.forEach(task -> task.raced = true));
        List<Line> lowestFirst = new ArrayList<>(circle);
        lowestFirst.removeIf(line -> line.unsent.isEmpty()
                || line.underWay.stream().anyMatch(task -> task.work().letsGo()));
        lowestFirst.sort(
                Comparator.comparing(line -> line.unsent.getFirst().work().place()));
        for (Line line : lowestFirst) {
            if (writeAhead(line)) {
                return;
            }
        }
    }

    private List<Line> waitingHolders(Line waiter) {
        List<Line> holders = new ArrayList<>();
        for (long holder : waiter.waitsFor) {
            Line line = lines.get(holder);
            if (line != null && waiting.contains(line)) {
                holders.add(line);
            }
        }
        return holders;
    }

    /** Writes a waiting line's tasks up to its transaction's end behind what it waits with; whether that can be done. */
    private boolean writeAhead(Line line) {
        List<Task> rest = upToEnd(line);
        boolean can = endsWithRelease(rest)
                && rest.stream().noneMatch(task -> dependence.mustWait(task, task.work()))
                && Standstill.canBeWrittenBehind(
                        line.underWay.getLast().work(),
                        rest.stream().map(Task::work).toList());
        if (can) {
            rest.forEach(moved -> moved.moved = true);
            ahead.add(rest);
        }
        return can;
    }

    private static boolean endsWithRelease(List<Task> rest) {
        return !rest.isEmpty() && rest.get(rest.size() - 1).work().letsGo();
    }

    /** A line's unsent tasks up to what lets go of its transaction's locks; all if that is not known yet. */
    private static List<Task> upToEnd(Line line) {
        List<Task> rest = new ArrayList<>();
        for (Task task : line.unsent) {
            rest.add(task);
            if (task.work().letsGo()) {
                break;
            }
        }
        return rest;
    }

    /** Makes the holder's tasks up to its transaction's end urgent, if that breaks no proven order. */
    private boolean pull(long holder, Task waiter) {
        Line line = lines.get(holder);
        if (line == null || !line.underWay.isEmpty()) {
            return false;
        }
        List<Task> pulled = upToEnd(line);
        if (!endsWithRelease(pulled)
                || 2 * pulled.get(pulled.size() - 1).work().sentAfter()
                        >= waiter.work().place().rank()) {
            return false;
        }
        pulled.forEach(moved -> moved.moved = true);
        urgent.addAll(pulled);
        return true;
    }

    @Override
    public boolean isOrderedAcrossSessions() {
        return true;
    }

    @Override
    public boolean isIdle() {
        return queued == 0 && active == 0 && waiting.isEmpty();
    }

    @Override
    public List<Task> queued() {
        return lines.values().stream().flatMap(line -> line.unsent.stream()).toList();
    }

    private Line line(Task task) {
        return lines.computeIfAbsent(task.session(), session -> new Line());
    }
}
