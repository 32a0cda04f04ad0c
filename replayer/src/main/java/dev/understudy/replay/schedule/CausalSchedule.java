package dev.understudy.replay.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sessions side by side, but for what may conflict: that is sent in one order, each when the one before it is done on every
 * arm. So whatever may depend on an order that production proves, or is likely to have had, finds it again, and both arms
 * take one order. The rules:
 *
 * <ol>
 *   <li>Tasks come in sight in the order of their {@link Place}s, which keeps every order that production proves, once
 *       nothing unread can come before them ({@link CausalPlan}).
 *   <li>What a task does to rows is told by its {@link Touch}es. What a transaction locks is let go, and what it wrote is
 *       shown, by what ends it: the end conflicts with whatever conflicts with any part of the transaction
 *       ({@link HeldRows}, {@link Access}).
 *   <li>A task follows those before it with which it may conflict ({@link ConflictIndex}), and those that bring a generated
 *       value which it uses.
 *   <li>A task that comes behind the locker of a row, and is proven to come before that locker's end, had the lock first:
 *       its answer was overtaken. It is put first here too ({@link Overtaking}).
 *   <li>What is ready of a session is written together where nothing paces it; at a pace, what production's client had
 *       pipelined. But nothing behind what one arm may wait for and another not ({@link Contention}).
 *   <li>A waiter for a row is sent when the holder's end is done, and so does not wait in the database. Where it does, since
 *       an arm locks more than was foreseen, {@link CausalMoves} decides; {@link Passing} changes the order.
 * </ol>
 */
public final class CausalSchedule implements Schedule {
    private final Pipelining pipelining;
    private final boolean paced;
    private final Footprints footprints;
    private final CausalPlan plan = new CausalPlan();
    private final Contention contention = new Contention();
    private final CausalMoves moves = new CausalMoves(plan, contention);
    /** What is sent next, as long as {@link #next} is asked. */
    private final List<Planned> run = new ArrayList<>();

    private int queued;
    private int underWay;

    /** An empty schedule; {@code paced} if tasks have due times. */
    public CausalSchedule(Pipelining pipelining, boolean paced, Footprints footprints) {
        this.pipelining = pipelining;
        this.paced = paced;
        this.footprints = footprints;
    }

    @Override
    public void add(Task task) {
        CausalLine line = plan.line(task.session());
        List<Touch> touches = task.work() instanceof Work.Run run ? footprints.of(run) : List.of();
        plan.add(task, line, new Planned(task, line, touches));
        queued++;
    }

    @Override
    public void watermark(long counter) {
        plan.watermark(counter);
    }

    @Override
    public List<Task> next(long nowNanos) {
        plan.look();
        moves.reconsider();
        List<Planned> ahead = moves.writtenAhead();
        if (ahead != null) {
            return send(ahead);
        }
        Planned first = plan.firstReady();
        if (first == null && underWay == 0) {
            plan.meetNobody();
            first = plan.firstReady();
        }
        return first == null || first.task.dueNanos() > nowNanos ? List.of() : send(run(first));
    }

    /** A line's head with what follows it, as far as that is ready and may be ahead. */
    private List<Planned> run(Planned head) {
        run.clear();
        int bytes = 0;
        for (Planned planned : head.line.unsent) {
            Work work = planned.task.work();
            bytes += Pipelining.requestBytes(work);
            if (planned != head) {
                Planned before = run.get(run.size() - 1);
                Work last = before.task.work();
                boolean along = planned.inSight
                        && planned.isFree()
                        && run.size() < pipelining.exchanges()
                        && bytes <= pipelining.bytes()
                        && Pipelining.mayFollow(last)
                        && !contention.isFeared(before)
                        && Pipelining.mayBeAhead(work)
                        && !plan.dependence.mustWait(planned, work)
                        && (!paced || Pipelining.wasPipelined(last, work));
                if (!along) {
                    break;
                }
            }
            run.add(planned);
        }
        return run;
    }

    private List<Task> send(List<Planned> run) {
        List<Task> tasks = new ArrayList<>(run.size());
        for (Planned planned : run) {
            plan.sent(planned);
            moves.sent(planned);
            tasks.add(planned.task);
        }
        queued -= run.size();
        underWay += run.size();
        return tasks;
    }

    @Override
    public long nextDueNanos(long nowNanos) {
        plan.look();
        Planned first = plan.firstReady();
        return first == null || first.task.dueNanos() <= nowNanos ? NOT_BY_TIME : first.task.dueNanos();
    }

    @Override
    public void done(Task task, boolean transactionOver) {
        CausalLine line = plan.line(task.session());
        Planned planned = line.underWay(task);
        plan.done(planned);
        underWay--;
        moves.done(planned, transactionOver);
        plan.offer(line);
    }

    @Override
    public void blocked(Task task, Set<Long> holders) {
        moves.blocked(task, holders);
    }

    @Override
    public boolean isOrderedAcrossSessions() {
        return true;
    }

    @Override
    public boolean isIdle() {
        return queued == 0 && underWay == 0;
    }

    @Override
    public List<Task> queued() {
        return plan.lines().stream()
                .flatMap(line -> line.unsent.stream())
                .map(planned -> planned.task)
                .toList();
    }
}
