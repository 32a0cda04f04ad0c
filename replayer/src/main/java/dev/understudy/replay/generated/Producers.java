package dev.understudy.replay.generated;

import dev.understudy.pgwire.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who brings which values, as long as not every arm has answered: what uses one of them, and was read when production had
 * its answer, has to wait. Told by value alone, which at worst makes one wait that need not. Bounded by what is queued and
 * under way. Belongs to one thread.
 *
 * @param <T> what is scheduled; identity counts
 */
public final class Producers<T> {
    private final Map<Value, List<Pending<T>>> byValue = new HashMap<>();
    private final Map<T, Set<Value>> pending = new IdentityHashMap<>();

    private record Pending<T>(T producer, long doneNo) {}

    /** Takes in what has been read; {@code doneNo} is negative where its answer is not known. */
    public void add(T producer, Generated generated, long doneNo) {
        Set<Value> values = doneNo < 0 ? Set.of() : brought(generated);
        if (!values.isEmpty()) {
            pending.put(producer, values);
            for (Value value : values) {
                byValue.computeIfAbsent(value, each -> new ArrayList<>(1)).add(new Pending<>(producer, doneNo));
            }
        }
    }

    /** What its answer brought, and what it put into new rows as their key. */
    private static Set<Value> brought(Generated generated) {
        if (!generated.bringsAny() && !generated.usesAny()) {
            return Set.of();
        }
        Set<Value> values = new HashSet<>();
        generated.brings().forEach(brought -> values.add(brought.value()));
        for (Use use : generated.uses()) {
            if (use.added() && use.domain().isKey()) {
                values.addAll(use.values());
            }
        }
        return values;
    }

    /** Every arm has answered it, or never will. */
    public void done(T producer) {
        Set<Value> values = pending.remove(producer);
        if (values == null) {
            return;
        }
        for (Value value : values) {
            byValue.computeIfPresent(value, (each, list) -> {
                list.removeIf(entry -> entry.producer() == producer);
                return list.isEmpty() ? null : list;
            });
        }
    }

    /** Those for whose answers a user has to wait that was read when the counter stood at {@code sentAfter}. */
    public List<T> before(T user, Generated generated, long sentAfter) {
        if (byValue.isEmpty() || !generated.usesAny()) {
            return List.of();
        }
        List<T> before = new ArrayList<>();
        for (Use use : generated.uses()) {
            for (Value value : use.values()) {
                for (Pending<T> each : byValue.getOrDefault(value, List.of())) {
                    if (each.doneNo() <= sentAfter && each.producer() != user && !before.contains(each.producer())) {
                        before.add(each.producer());
                    }
                }
            }
        }
        return before;
    }
}
