package dev.understudy.replay.dryrun;

import dev.understudy.replay.schedule.Schedule;
import dev.understudy.replay.schedule.Task;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.replay.schedule.Work;
import dev.understudy.replay.source.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Goes through a trace by a schedule against servers that answer everything after one round trip: what is given out
 * together is done together, one round later. So many rounds, that is the critical path under this order, with all that
 * the schedule knows of conflicts, pipelining and connections; nobody waits for a lock in it, and what the servers compute
 * takes no time. Belongs to one thread.
 */
public final class DryRun {
    private final Schedule schedule;
    private final DryTally tally = new DryTally();
    private long rounds;
    private boolean ended;

    /** A dry run by a schedule without a pace, which is this object's. */
    public DryRun(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Takes what was read. */
    public void add(Delivery delivery) {
        delivery.works().forEach(work -> schedule.add(new Task(work, Long.MIN_VALUE)));
        schedule.watermark(delivery.watermark());
        ended |= delivery.end();
    }

    /**
     * One round: what may be sent is sent, and answered. False if nothing may be.
     *
     * @param whenDone gets each piece of work when it is done
     */
    public boolean round(Consumer<Work> whenDone) {
        List<Task> sent = new ArrayList<>();
        boolean trip = false;
        for (List<Task> next = schedule.next(0); !next.isEmpty(); next = schedule.next(0)) {
            for (Task task : next) {
                tally.begun(task.work());
                trip |= isTrip(task.work());
            }
            sent.addAll(next);
        }
        rounds += trip ? 1 : 0;
        for (Task task : sent) {
            whenDone.accept(task.work());
            schedule.done(task, task.work().endsTransaction());
        }
        return !sent.isEmpty();
    }

    /** Connections are made ahead of need in a paced run, and are no part of the path; what is not sent takes no trip. */
    private static boolean isTrip(Work work) {
        return work instanceof Work.Restore
                || work instanceof Work.Run run && !(run.treatment() instanceof Treatment.Withhold);
    }

    /** Whether all has been read and done. */
    public boolean isOver() {
        return ended && schedule.isIdle();
    }

    /**
     * What was found out.
     *
     * @param leftOut exchanges that never came to the schedule, by the reason
     * @param speed a factor of production's pace, 0 for as fast as it goes
     */
    public DryRunReport report(
            String order, long exchanges, Map<String, Long> leftOut, Duration roundTrip, double speed) {
        Map<String, Long> classes = new TreeMap<>(tally.classes());
        leftOut.forEach((why, count) -> classes.merge(why, count, Long::sum));
        long timelineMicros = speed == 0 ? 0 : Math.round(tally.spanMicros() / speed);
        return new DryRunReport(
                order,
                exchanges,
                tally.sessions(),
                tally.mostOpen(),
                classes,
                tally.reads(),
                tally.writes(),
                tally.others(),
                rounds,
                roundTrip,
                Duration.ofNanos(timelineMicros * 1_000));
    }
}
