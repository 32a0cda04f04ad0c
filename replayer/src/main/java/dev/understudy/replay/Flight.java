package dev.understudy.replay;

import dev.understudy.replay.schedule.Task;
import dev.understudy.replay.target.ArmResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task under way, until every arm has answered. Belongs to the director's thread. */
final class Flight {
    private final Task task;
    private final @Nullable ArmResult[] results;
    private final long lagNanos;
    private int outstanding;
    private long sinceNanos;
    private long nextPollNanos;
    private boolean limitHit;

    Flight(Task task, int arms, long lagNanos, long nowNanos, long stallAfterNanos) {
        this.task = task;
        this.results = new @Nullable ArmResult[arms];
        this.outstanding = arms;
        this.lagNanos = lagNanos;
        atHead(nowNanos, stallAfterNanos);
    }

    Task task() {
        return task;
    }

    long lagNanos() {
        return lagNanos;
    }

    /** Its answer is the next one that the session's servers give. */
    void atHead(long nowNanos, long stallAfterNanos) {
        sinceNanos = nowNanos;
        nextPollNanos = nowNanos + stallAfterNanos;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - sinceNanos;
    }

    /** Whether it is time to ask what it waits for; the next time comes later and later. */
    boolean isPollDue(long nowNanos, long longestNanos) {
        if (nowNanos < nextPollNanos) {
            return false;
        }
        nextPollNanos = nowNanos + Math.min(longestNanos, ageNanos(nowNanos));
        return true;
    }

    /** Takes an arm's answer; true if it was the last. */
    boolean answered(int arm, ArmResult result) {
        results[arm] = result;
        task.answeredOnAnArm();
        return --outstanding == 0;
    }

    /** Something besides the answers has to be over before the flight is. */
    void hold() {
        outstanding++;
    }

    /** What was held for is over; true if nothing else is outstanding. */
    boolean release() {
        return --outstanding == 0;
    }

    boolean hasAnswered(int arm) {
        return results[arm] != null;
    }

    /** The answers there are; one for each arm once the last is in. */
    List<ArmResult> results() {
        List<ArmResult> list = new ArrayList<>(results.length);
        for (ArmResult result : results) {
            if (result != null) {
                list.add(result);
            }
        }
        return list;
    }

    void hitLimit() {
        limitHit = true;
    }

    boolean isLimitHit() {
        return limitHit;
    }
}
