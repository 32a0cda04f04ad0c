package dev.understudy.replay.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of which production's answers reveal that they came before others of lower places. Such a task is brought in sight
 * before the other, with what its session has to do before. That breaks no proven order: the two overlapped, so whatever is
 * proven to come before it was answered before the other, and has a lower place than that.
 *
 * <ul>
 *   <li>Two that drew from one sequence, or took rows from one queue and skipped what was locked, show it by what they got.
 *   <li>Who found no row by a key, while a transaction that had removed it was open, had waited for that row. It waits again,
 *       if it comes before that transaction's end: behind it, there may be another row of that key.
 * </ul>
 */
final class Turns {
    /** Tasks of earlier turns that are looked at: mostly there are none, since they came in sight before. */
    private static final int MAX_LOOKED_AT = 32;

    private static final Comparator<Drawn> BY_TURN =
            Comparator.comparing(Drawn::turn, Turn::compareTo).thenComparing(Drawn::task, CausalPlan.BY_PLACE);

    private final BiPredicate<Planned, Planned> hadLetGo;
    private final Map<Object, NavigableSet<Drawn>> drawn = new HashMap<>();
    private final Map<Touch, List<Planned>> missed = new HashMap<>();

    private record Drawn(Turn turn, Planned task) {}

    /** No tasks; {@code hadLetGo} tells whether an end, about to come in sight, had let go when a task was sent. */
    Turns(BiPredicate<Planned, Planned> hadLetGo) {
        this.hadLetGo = hadLetGo;
    }

    /**
     * What has to come in sight first.
     *
     * @param task that
     * @param behind what it is to follow, null for nothing more
     */
    record Earlier(Planned task, @Nullable Planned behind) {}

    /** A task is known, and not in sight. */
    void add(Planned planned) {
        for (int i = 0; i < planned.touches.size(); i++) {
            Touch touch = planned.touches.get(i);
            if (touch.turn() != null) {
                drawn.computeIfAbsent(touch.turn().in(), any -> new TreeSet<>(BY_TURN))
                        .add(new Drawn(touch.turn(), planned));
            } else if (touch.use() == Touch.Use.MISS && touch.key() != null) {
                missed.computeIfAbsent(touch, any -> new ArrayList<>(2)).add(planned);
            }
        }
    }

    /** A task has come in sight. */
    void shown(Planned planned) {
        for (int i = 0; i < planned.touches.size(); i++) {
            Touch touch = planned.touches.get(i);
            if (touch.turn() != null) {
                remove(drawn, touch.turn().in(), new Drawn(touch.turn(), planned));
            } else if (touch.use() == Touch.Use.MISS && touch.key() != null) {
                remove(missed, touch, planned);
            }
        }
    }

    private static <K, T, C extends Collection<T>> void remove(Map<K, C> from, K key, T task) {
        Collection<T> tasks = from.get(key);
        if (tasks != null && tasks.remove(task) && tasks.isEmpty()) {
            from.remove(key);
        }
    }

    /** What has to come in sight before a task that is about to; null for nothing. */
    @Nullable Earlier before(Planned next) {
        if (next.letsGo() && !missed.isEmpty()) {
            for (Map.Entry<Touch, Planned> removed : next.line.held.removed().entrySet()) {
                for (Planned planned : missed.getOrDefault(removed.getKey(), List.of())) {
                    if (planned.line != next.line && !hadLetGo.test(next, planned)) {
                        return new Earlier(planned, removed.getValue());
                    }
                }
            }
        }
        for (int i = 0; i < next.touches.size(); i++) {
            Touch touch = next.touches.get(i);
            Planned first = touch.turn() == null ? null : earliest(touch.turn(), next);
            if (first != null) {
                return new Earlier(first, null);
            }
        }
        return null;
    }

    private @Nullable Planned earliest(Turn turn, Planned next) {
        int looked = 0;
        for (Drawn earlier : drawn.getOrDefault(turn.in(), Collections.emptyNavigableSet())) {
            if (++looked > MAX_LOOKED_AT || !earlier.turn().isBefore(turn)) {
                break;
            }
            if (earlier.task().line != next.line && !next.isProvenBefore(earlier.task())) {
                return earlier.task();
            }
        }
        return null;
    }
}
