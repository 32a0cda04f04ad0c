package dev.understudy.diff.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Limits from tables of the interval of Clopper and Pearson (95 %, two-sided). */
class BlindPathTest {
    private static BlindPath path(long control, long candidate, long unexplained, long comparisons) {
        return new BlindPath(new OddCounts("q", "v", "", 0, control, candidate, unexplained), comparisons);
    }

    @Test
    void theSmallestRateIsTheUpperLimitOfTheNoise() {
        assertThat(path(0, 0, 1, 10).smallestRate()).isCloseTo(0.4450, within(1e-4));
        assertThat(path(0, 0, 1, 100).smallestRate()).isCloseTo(0.0545, within(1e-4));
        assertThat(path(5, 0, 5, 100).smallestRate()).isCloseTo(0.1762, within(1e-4));
        assertThat(path(0, 0, 10, 10).smallestRate()).isEqualTo(1);
    }

    @Test
    void whatTheCandidateAloneDoesIsNoNoise() {
        assertThat(path(0, 40, 1, 100).smallestRate())
                .isEqualTo(path(0, 0, 1, 100).smallestRate());
    }

    @Test
    void moreComparisonsShowSmallerRates() {
        assertThat(path(0, 0, 1, 1_000_000).smallestRate())
                .isLessThan(path(0, 0, 1, 10_000).smallestRate())
                .isGreaterThan(1e-6);
        assertThat(path(0, 0, 1, 5_000_000_000L).smallestRate()).isBetween(2e-10, 1e-8);
    }

    @Test
    void noMoreIsCountedThanCompared() {
        BlindPath path = path(3, 4, 5, 0);
        assertThat(path.comparisons()).isEqualTo(12);
        assertThat(path.share()).isEqualTo(5 / 12.0);
    }

    @Test
    void theCandidateShowsWhereItIsAloneMoreOftenThanChanceMakesIt() {
        assertThat(path(0, 6, 1, 100).showsTheCandidate()).isTrue();
        assertThat(path(0, 5, 1, 100).showsTheCandidate()).isFalse();
        assertThat(path(50, 50, 1, 1_000).showsTheCandidate()).isFalse();
        assertThat(path(50, 90, 1, 1_000).showsTheCandidate()).isTrue();
        assertThat(path(6, 0, 1, 100).showsTheCandidate()).isFalse();
        assertThat(path(0, 0, 1, 100).showsTheCandidate()).isFalse();
    }
}
