package dev.understudy.replay.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who held which row in production, as far as tasks have come in sight. Two transactions can't hold one row side by side,
 * and one that does holds it from the answer to the task that locked it until its end has been sent, at least. That orders
 * tasks whatever their places say:
 *
 * <ul>
 *   <li>If one transaction had a row, and another got it by a task that was answered after the first one's end had been
 *       sent, that end came before that task. Places may say otherwise where the end is a statement that failed: it may
 *       have waited itself before it did, and its answer may have been overtaken.
 *   <li>Who failed since there was a row already, and was answered while another transaction held that row, had looked
 *       before that one got it: it would have waited for its end.
 * </ul>
 */
final class RowLocks {
    private static final String DUPLICATE = "23505";

    /** By table and key. */
    private final Map<String, Map<Object, CausalLine>> holders = new HashMap<>();
    /** What found a row there already, and is not in sight; by the lock that it would have taken. */
    private final Map<Row, List<Planned>> failed = new HashMap<>();

    /** A task is known, and not in sight. */
    void add(Planned planned) {
        if (DUPLICATE.equals(sqlState(planned))) {
            for (int i = 0; i < planned.touches.size(); i++) {
                Touch touch = planned.touches.get(i);
                if (isLock(touch)) {
                    failed.computeIfAbsent(row(touch), any -> new ArrayList<>(1))
                            .add(planned);
                }
            }
        }
    }

    /** A task has come in sight. */
    void shown(Planned planned) {
        if (!failed.isEmpty() && DUPLICATE.equals(sqlState(planned))) {
            planned.touches.stream().filter(RowLocks::isLock).forEach(touch -> forget(planned, row(touch)));
        }
        if (planned.task.work().letsGo()) {
            letGo(planned.line);
        } else if (succeeded(planned)) {
            for (int i = 0; i < planned.touches.size(); i++) {
                Touch touch = planned.touches.get(i);
                if (isLock(touch)) {
                    holders.computeIfAbsent(touch.table(), any -> new HashMap<>())
                            .put(key(touch), planned.line);
                    planned.line.locks.add(touch);
                }
            }
        }
    }

    private void letGo(CausalLine line) {
        for (Touch touch : line.locks) {
            Map<Object, CausalLine> ofTable = holders.get(touch.table());
            if (ofTable != null) {
                ofTable.remove(key(touch), line);
            }
        }
        line.locks.clear();
    }

    private @Nullable CausalLine holder(Touch touch) {
        Map<Object, CausalLine> ofTable = holders.get(touch.table());
        return ofTable == null ? null : ofTable.get(key(touch));
    }

    private void forget(Planned planned, Row row) {
        List<Planned> tasks = failed.get(row);
        if (tasks != null && tasks.remove(planned) && tasks.isEmpty()) {
            failed.remove(row);
        }
    }

    /**
     * What has to come in sight before a task that is about to; null for nothing.
     *
     * @param watermark everything unread has a {@code sentAfter} of at least this
     */
    @Nullable Planned before(Planned next, long watermark) {
        if (holders.isEmpty() && failed.isEmpty() || !succeeded(next)) {
            return null;
        }
        for (int i = 0; i < next.touches.size(); i++) {
            Touch touch = next.touches.get(i);
            if (isLock(touch)) {
                Planned end = endOf(holder(touch), next);
                if (end != null) {
                    return end;
                }
                for (Planned earlier :
                        failed.isEmpty() ? List.<Planned>of() : failed.getOrDefault(row(touch), List.of())) {
                    if (earlier.line != next.line
                            && !next.isProvenBefore(earlier)
                            && earlier.place().number() <= heldUntil(next, watermark)) {
                        return earlier;
                    }
                }
            }
        }
        return null;
    }

    /** Whether a task locked a row that the open transaction of a line holds. */
    boolean gotRowOf(CausalLine holder, Planned task) {
        if (succeeded(task)) {
            for (int i = 0; i < task.touches.size(); i++) {
                Touch touch = task.touches.get(i);
                if (isLock(touch) && holder(touch) == holder) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Planned endOf(@Nullable CausalLine holder, Planned next) {
        Planned end = holder == null || holder == next.line ? null : holder.endOutOfSight();
        return end != null && end.task.work().sentAfter() < next.place().number() ? end : null;
    }

    /** When the end of a task's transaction was sent, at the earliest. */
    private static long heldUntil(Planned next, long watermark) {
        Planned end = next.line.endOutOfSight();
        return end == null ? watermark : end.task.work().sentAfter();
    }

    private static boolean succeeded(Planned planned) {
        return planned.task.work() instanceof Work.Run run
                && run.exchange().answered()
                && run.exchange().facts().sqlState() == null;
    }

    private static @Nullable String sqlState(Planned planned) {
        return planned.task.work() instanceof Work.Run run
                ? run.exchange().facts().sqlState()
                : null;
    }

    private static boolean isLock(Touch touch) {
        return touch.key() != null && (touch.use() == Touch.Use.WRITE || touch.use() == Touch.Use.REMOVE);
    }

    private static Row row(Touch touch) {
        return new Row(touch.table(), key(touch));
    }

    private static Object key(Touch touch) {
        Object key = touch.key();
        if (key == null) {
            throw new IllegalArgumentException("touch=" + touch + ": expected one row");
        }
        return key;
    }
}
