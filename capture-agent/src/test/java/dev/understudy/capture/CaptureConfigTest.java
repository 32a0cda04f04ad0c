package dev.understudy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.pgwire.ConnectionInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureConfigTest {
    private static final CaptureConfig DEFAULTS = config("c", 0, "disable");

    private static CaptureConfig config(String name, int port, String sslMode) {
        ConnectionInfo upstream = new ConnectionInfo("db", 5432, "d", "u", "", sslMode, Map.of());
        return CaptureConfig.defaults(name, "127.0.0.1", port, upstream, Map.of(), Path.of("data"));
    }

    @Test
    void defaults() {
        assertThat(DEFAULTS.lanes()).isBetween(1, 2);
        assertThat(DEFAULTS.onFull()).isEqualTo(OnFull.GAP);
        assertThat(DEFAULTS.limits()).isEqualTo(CaptureLimits.defaults());
        assertThat(DEFAULTS.captureDir()).isEqualTo(Path.of("data", "capture", "c"));
    }

    @Test
    void everythingCanBeSet() {
        CaptureLimits limits = CaptureLimits.defaults()
                .withLoopBufferBytes(1 << 20)
                .withSpoolBytes(1L << 33)
                .withMaxResultBytes(0)
                .withFlushInterval(Duration.ofMillis(10))
                .withDrainTimeout(Duration.ofSeconds(1));
        CaptureConfig config = DEFAULTS.withLanes(7).withOnFull(OnFull.BLOCK).withLimits(limits);
        assertThat(config.lanes()).isEqualTo(7);
        assertThat(config.onFull()).isEqualTo(OnFull.BLOCK);
        assertThat(config.limits().loopBufferBytes()).isEqualTo(1 << 20);
        assertThat(config.limits().spoolBytes()).isEqualTo(1L << 33);
        assertThat(config.limits().maxResultBytes()).isZero();
        assertThat(config.limits().flushInterval()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.limits().drainTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", ".hidden"})
    void badNamesAreRefused(String name) {
        assertThatThrownBy(() -> config(name, 0, "disable"))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("capture=" + name)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void tlsToTheServerIsRefusedAsLongAsItIsNotSpoken(String mode) {
        assertThatThrownBy(() -> config("c", 0, mode))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("sslmode=" + mode);
    }

    @Test
    void badNumbersAreRefused() {
        assertThatThrownBy(() -> config("c", 65_536, "")).hasMessageContaining("listenPort=65536");
        assertThatThrownBy(() -> DEFAULTS.withLanes(0)).hasMessageContaining("lanes=0");
        CaptureLimits limits = CaptureLimits.defaults();
        assertThatThrownBy(() -> limits.withLoopBufferBytes(1)).hasMessageContaining("loopBufferBytes=1: expected");
        assertThatThrownBy(() -> limits.withSpoolBytes(1)).hasMessageContaining("spoolBytes=1: expected");
        assertThatThrownBy(() -> limits.withMaxResultBytes(-1)).hasMessageContaining("maxResultBytes=-1");
        assertThatThrownBy(() -> limits.withFlushInterval(Duration.ZERO)).hasMessageContaining("flushInterval=PT0S");
    }
}
