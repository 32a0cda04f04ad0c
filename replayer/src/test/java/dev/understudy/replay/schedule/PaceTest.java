package dev.understudy.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void twiceAsFastIsHalfTheTimeFromTheOrigin() {
        Pace pace = new Pace(2, 1_000_000, 77);

        assertThat(pace.dueNanos(1_000_000)).isEqualTo(77);
        assertThat(pace.dueNanos(1_000_100)).isEqualTo(77 + 50_000);
    }

    @Test
    void withoutAFactorEverythingIsDue() {
        assertThat(new Pace(0, 5, 7).dueNanos(1_000_000)).isEqualTo(Long.MIN_VALUE);
    }
}
