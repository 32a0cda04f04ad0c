package dev.understudy.trace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NumberProperties {
    private static final int BOUND = 20_000;

    @Property(tries = 200)
    void theSetHoldsWhatASetHolds(@ForAll long seed) {
        Random random = new Random(seed);
        NumberSet numbers = new NumberSet();
        TreeSet<Long> model = new TreeSet<>();
        for (int run = random.nextInt(30); run > 0; run--) {
            long from = random.nextInt(BOUND);
            for (long number = from; number < from + random.nextInt(3000); number += 1 + random.nextInt(2)) {
                assertThat(numbers.add(number)).isEqualTo(model.add(number));
            }
        }
        long from = random.nextInt(BOUND);
        long to = from + random.nextInt(BOUND);
        List<Long> present = new ArrayList<>();
        numbers.forEachPresent(from, to, (a, b) -> addAll(present, a, b));
        List<Long> missing = new ArrayList<>();
        numbers.forEachMissing(from, to, (a, b) -> addAll(missing, a, b));

        assertThat(present).containsExactlyElementsOf(model.subSet(from, true, to, true));
        List<Long> both = new ArrayList<>(present);
        both.addAll(missing);
        both.sort(null);
        List<Long> all = new ArrayList<>();
        addAll(all, from, to);
        assertThat(both).isEqualTo(all);
    }

    @Property(tries = 200)
    void rangesHoldWhatASetHolds(@ForAll long seed) {
        Random random = new Random(seed);
        NumberRanges ranges = new NumberRanges();
        TreeSet<Long> model = new TreeSet<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            long from = random.nextInt(200);
            long to = from + random.nextInt(20);
            List<Long> twice = new ArrayList<>();
            List<Long> expected = new ArrayList<>(model.subSet(from, true, to, true));
            ranges.add(from, to, (a, b) -> addAll(twice, a, b));
            assertThat(twice).isEqualTo(expected);
            for (long number = from; number <= to; number++) {
                model.add(number);
            }
        }
        assertThat(ranges.size()).isEqualTo(model.size());
        List<Long> other = new ArrayList<>();
        ranges.forEachOther(0, 250, (a, b) -> addAll(other, a, b));
        List<Long> common = new ArrayList<>();
        ranges.forEachCommon(0, 250, (a, b) -> addAll(common, a, b));
        assertThat(common).containsExactlyElementsOf(model);
        assertThat(other).hasSize(251 - model.size()).noneMatch(model::contains);
        long[] last = {-2};
        ranges.forEach((from, to) -> {
            assertThat(from).isGreaterThan(last[0] + 1);
            last[0] = to;
        });
    }

    /** Ten million numbers, all the odd ones first, as two lanes read one after the other bring them. */
    @Example
    void manyNumbersTakeLittle() {
        NumberSet numbers = new NumberSet();
        int count = 10_000_000;
        for (int start = 1; start >= 0; start--) {
            for (long number = start; number < count; number += 2) {
                numbers.add(number);
            }
        }
        List<Long> missing = new ArrayList<>();
        numbers.forEachMissing(0, count, (from, to) -> addAll(missing, from, to));
        assertThat(missing).containsExactly((long) count);
    }

    private static void addAll(List<Long> list, long from, long to) {
        for (long number = from; number <= to; number++) {
            list.add(number);
        }
    }
}
