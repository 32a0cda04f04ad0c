package dev.understudy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.ConnectionInfo;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayConfigTest {
    private static final ConnectionInfo TARGET = new ConnectionInfo("h", 5432, "copy", "u", "", "prefer", Map.of());

    @Test
    void defaultsAreSerialAtFullSpeedInCompatMode() {
        ReplayConfig config = ReplayConfig.of("prod", "run-1", TARGET, Map.of("bootstrap.servers", "b:1"));

        assertThat(config.order()).isEqualTo(Order.CAUSAL);
        assertThat(config.speed().isMax()).isTrue();
        assertThat(config.mode()).isEqualTo(Mode.COMPAT);
        assertThat(config.control()).isNull();
        assertThat(config.limits()).isEqualTo(ReplayLimits.DEFAULTS);
        assertThat(config.limits().waitLimit()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everythingCanBeSaid() {
        ReplayLimits limits = ReplayLimits.DEFAULTS
                .withWaitLimit(Duration.ofSeconds(1))
                .withMaxResult(5000)
                .withWindowBytes(2 << 20)
                .withMaxConnections(3);
        ReplayConfig config = ReplayConfig.of("prod", "run-1", TARGET, Map.of())
                .withControl(TARGET)
                .withOrder(Order.SESSION)
                .withSpeed(new Speed(2))
                .withMode(Mode.ADAPTED)
                .withLimits(limits);

        assertThat(config)
                .isEqualTo(new ReplayConfig(
                        "prod",
                        "run-1",
                        TARGET,
                        TARGET,
                        Order.SESSION,
                        new Speed(2),
                        Mode.ADAPTED,
                        Map.of(),
                        limits,
                        null));
        assertThat(limits.maxConnections()).isEqualTo(3);
        assertThat(limits.windowBytes()).isEqualTo(2 << 20);
        assertThat(limits.maxResult()).isEqualTo(5000);
        assertThat(limits.waitLimit()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void badNamesAndBoundsAreSaid() {
        assertThatThrownBy(() -> ReplayConfig.of("a b", "run", TARGET, Map.of()))
                .hasMessageContaining("capture=a b: expected letters");
        assertThatThrownBy(() -> ReplayConfig.of("a", "", TARGET, Map.of())).hasMessageContaining("run=: expected");
        assertThatThrownBy(() -> ReplayLimits.DEFAULTS.withMaxConnections(0))
                .hasMessageContaining("max-connections=0: expected 1 to");
        assertThatThrownBy(() -> ReplayLimits.DEFAULTS.withWaitLimit(Duration.ofMillis(1)))
                .hasMessageContaining("wait-limit-ms=1");
    }

    @Test
    void speedsAreReadAsTheyAreWritten() {
        assertThat(Speed.parse("MAX")).isEqualTo(Speed.MAX).hasToString("max");
        assertThat(Speed.parse("2.5")).isEqualTo(new Speed(2.5)).hasToString("2.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0", "-1", "NaN", "1e9"})
    void otherSpeedsAreRefused(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected max, or a factor above 0");
    }
}
