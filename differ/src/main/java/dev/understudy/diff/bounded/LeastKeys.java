package dev.understudy.diff.bounded;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map that keeps the values of its least keys, as many as a bound on their weight allows. What it holds in the end
 * depends on what was put in, not on the order: a key that lies beyond the bound once lies there for ever, and one that
 * does not in the end never did, as long as weights only grow. So the values of the keys that are left are whole, and
 * two maps can be merged.
 *
 * <p>Mutable; belongs to one thread.
 *
 * @param <K> with equals, hashCode, and an order that agrees with them
 * @param <V> mutable; its weight may only grow
 */
public final class LeastKeys<K, V> {
    private final Comparator<? super K> order;
    private final ToLongFunction<V> weigher;
    private final long maxWeight;
    private final Map<K, V> values = new HashMap<>();
    private final TreeSet<K> ordered;
    private @Nullable K cutoff;
    private long weight;

    /**
     * An empty map.
     *
     * @param maxWeight the bound for the sum of all values' weights
     */
    public LeastKeys(Comparator<? super K> order, ToLongFunction<V> weigher, long maxWeight) {
        this.order = order;
        this.weigher = weigher;
        this.maxWeight = maxWeight;
        this.ordered = new TreeSet<>(order);
    }

    /** An empty map for so many keys. */
    public static <K extends Comparable<K>, V> LeastKeys<K, V> ofKeys(int maxKeys) {
        return new LeastKeys<>(Comparator.naturalOrder(), any -> 1, maxKeys);
    }

    /** The value of a key, null if there is none. */
    public @Nullable V get(K key) {
        return values.get(key);
    }

    /** The value of a key, made if there is none yet; null if the key lies beyond the bound. Then {@link #trim}. */
    public @Nullable V at(K key, Supplier<V> make) {
        V known = values.get(key);
        if (known != null || isBeyond(key)) {
            return known;
        }
        V made = make.get();
        values.put(key, made);
        ordered.add(key);
        weight += weigher.applyAsLong(made);
        return made;
    }

    /** A value of this map has become heavier. Then {@link #trim}. */
    public void grew(long by) {
        weight += by;
    }

    /** Hands over what the bound no longer allows, greatest key first. */
    public void trim(BiConsumer<K, V> beyond) {
        while (weight > maxWeight) {
            K last = ordered.last();
            cutAt(last, beyond);
        }
    }

    /** Sets a limit that was found elsewhere: keys from it on are handed over and not taken any more. */
    public void cutAt(@Nullable K limit, BiConsumer<K, V> beyond) {
        if (limit == null || isBeyond(limit)) {
            return;
        }
        cutoff = limit;
        while (!ordered.isEmpty() && order.compare(ordered.last(), limit) >= 0) {
            K last = ordered.last();
            ordered.remove(last);
            V value = values.remove(last);
            if (value != null) {
                weight -= weigher.applyAsLong(value);
                beyond.accept(last, value);
            }
        }
    }

    /** The least key that lies beyond the bound, null if none does. */
    public @Nullable K cutoff() {
        return cutoff;
    }

    /** Whether the bound keeps a key out. */
    public boolean isBeyond(K key) {
        return cutoff != null && order.compare(key, cutoff) >= 0;
    }

    /** The keys with their values, in no order. */
    public void forEach(BiConsumer<K, V> action) {
        values.forEach(action);
    }

    /** The keys in their order. */
    public Iterable<K> keys() {
        return ordered;
    }

    /** How many keys there are. */
    public int size() {
        return values.size();
    }
}
