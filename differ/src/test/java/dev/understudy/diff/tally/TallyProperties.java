package dev.understudy.diff.tally;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However outcomes are spread over partitions and processes, and whenever those stop, the report is the same. */
class TallyProperties {
    @Provide
    Arbitrary<Bounds> bounds() {
        return Arbitraries.of(Bounds.DEFAULT, SpreadRun.TIGHT);
    }

    @Property(tries = 150)
    void whereOutcomesWereFoldedDoesNotShow(@ForAll long seed, @ForAll("bounds") Bounds bounds) {
        SpreadRun run = new SpreadRun(seed, bounds);
        assertThat(run.spread()).isEqualTo(run.whole());
    }
}
