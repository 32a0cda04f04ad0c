package dev.understudy.replay.footprint;

import dev.understudy.replay.schedule.Touch;
import dev.understudy.replay.schedule.Touch.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what an exchange touches; too much of it becomes anything. */
final class TouchList {
    private static final List<Use> LOCKED = List.of(Use.WRITE, Use.REMOVE, Use.MISS);
    private static final int MAX_TOUCHES = 1_000;

    private final Set<Touch> touches = new LinkedHashSet<>();
    private boolean anything;

    void add(Touch touch) {
        if (touches.size() >= MAX_TOUCHES) {
            anything = true;
        } else {
            touches.add(touch);
        }
    }

    void add(String table, @Nullable Object key, Use use) {
        add(new Touch(table, key, use));
    }

    void addAll(String table, Collection<@Nullable Object> keys, Use use) {
        for (@Nullable Object key : keys) {
            add(table, key, use);
        }
    }

    void addAll(Collection<Touch> others) {
        others.forEach(this::add);
    }

    void anything() {
        anything = true;
    }

    /** What was collected, without what is only looked at where it is locked too. */
    List<Touch> list() {
        if (anything) {
            return List.of(Touch.anything());
        }
        Set<Touch> locked = new HashSet<>();
        for (Touch touch : touches) {
            if (LOCKED.contains(touch.use())) {
                locked.add(new Touch(touch.table(), touch.key(), Use.WRITE));
            }
        }
        List<Touch> list = new ArrayList<>(touches.size());
        for (Touch touch : touches) {
            boolean looked =
                    touch.use() == Use.READ && locked.contains(new Touch(touch.table(), touch.key(), Use.WRITE));
            if (!looked) {
                list.add(touch);
            }
        }
        return List.copyOf(list);
    }
}
