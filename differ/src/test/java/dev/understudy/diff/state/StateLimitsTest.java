package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StateLimitsTest {
    @Test
    void theDefaultsHold() {
        assertThat(StateLimits.DEFAULTS).isEqualTo(new StateLimits(Duration.ofMinutes(30), 100_000, 200, 5, 200_000));
    }

    @Test
    void onePartIsChangedAtATime() {
        assertThat(StateLimits.DEFAULTS.withBudget(Duration.ofSeconds(9)).withDetailRows(7))
                .isEqualTo(new StateLimits(Duration.ofSeconds(9), 7, 200, 5, 200_000));
    }

    @Test
    void aBoundOutOfRangeIsNamed() {
        assertThatThrownBy(() -> StateLimits.DEFAULTS.withBudget(Duration.ZERO))
                .hasMessageStartingWith("state-budget-ms=0: expected 1 to ");
        assertThatThrownBy(() -> StateLimits.DEFAULTS.withDetailRows(0)).hasMessageStartingWith("detail-rows=0: ");
    }

    @Test
    void theDeadlineCountsDown() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        Deadline deadline = new Deadline(nanos::get, Duration.ofSeconds(2));

        assertThat(deadline.leftMillis()).isEqualTo(2_000);
        nanos.addAndGet(Duration.ofMillis(1_500).toNanos());
        assertThat(deadline.leftMillis()).isEqualTo(500);
        assertThat(deadline.isOver()).isFalse();
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline.leftMillis()).as("a timeout of 0 would be none").isEqualTo(1);
        assertThat(deadline.note()).isEqualTo("time budget of 2s used up");
    }
}
