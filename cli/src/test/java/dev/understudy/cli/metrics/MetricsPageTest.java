package dev.understudy.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.Phase;
import dev.understudy.replay.Replay;
import dev.understudy.replay.ReplayConfig;
import dev.understudy.replay.ReplayListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page and what is served agree, in both directions. */
class MetricsPageTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void everyMeterOfAReplayIsThereFromTheBeginningAndOnThePage() throws Exception {
        ConnectionInfo server = new ConnectionInfo("127.0.0.1", 5432, "db", "me", "", "disable", Map.of());
        Replay replay = new Replay(
                ReplayConfig.of("capture", "run", server, Map.of()).withControl(server), ReplayListener.NONE, registry);

        Map<String, PrometheusText.Family> served = PrometheusText.parse(registry.scrape());

        assertThat(replay.phase().term()).isEqualTo("preparing");
        assertThat(MetricsPage.served(served, "understudy_")).isEqualTo(MetricsPage.rows("understudy_replay_"));
        assertThat(served.get("understudy_replay_exchanges_total").samples()).hasSize(8);
        assertThat(served.get("understudy_replay_phase").value("phase", "preparing"))
                .isEqualTo(1);
        assertThat(served.get("understudy_replay_answer_seconds").samples())
                .extracting(sample -> sample.labels().get("arm"))
                .contains("control", "candidate");
    }

    /** What Prometheus' own linter has to say; its package is not everywhere. */
    @Test
    void promtoolFindsNothing() throws Exception {
        assumeThat(Path.of("/usr/bin/promtool")).exists();
        ConnectionInfo server = new ConnectionInfo("127.0.0.1", 5432, "db", "me", "", "disable", Map.of());
        Replay replay = new Replay(
                ReplayConfig.of("capture", "run", server, Map.of()).withControl(server), ReplayListener.NONE, registry);
        Process promtool = new ProcessBuilder("/usr/bin/promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = promtool.getOutputStream()) {
            in.write(registry.scrape().getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
        assertThat(replay.phase()).isEqualTo(Phase.PREPARING);
    }

    @Test
    void whatElseIsServedBeginsAsThePageSays() throws Exception {
        try (ProcessMeters process = new ProcessMeters(registry)) {
            Map<String, PrometheusText.Family> served = PrometheusText.parse(registry.scrape());
            assertThat(served).hasSizeGreaterThan(10);
            assertThat(served.keySet()).allMatch(name -> {
                try {
                    return MetricsPage.otherPrefixes().stream().anyMatch(name::startsWith);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }
}
