package dev.understudy.lab.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The random numbers of one seed. Mutable; belongs to one thread. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** Numbers that do not depend on how many of this one's are drawn afterwards. */
    Chance split() {
        return new Chance(random.split());
    }

    /** From 0 to below {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code from} to {@code to}, both included. */
    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Some elements, in their order, at least one. */
    <T> List<T> some(List<T> list, int most) {
        List<T> left = new ArrayList<>(list);
        int count = Math.min(list.size(), between(1, most));
        while (left.size() > count) {
            left.remove(random.nextInt(left.size()));
        }
        return left;
    }
}
