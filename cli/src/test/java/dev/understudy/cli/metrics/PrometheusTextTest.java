package dev.understudy.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge is judged: what it lets pass is well-formed, what it refuses is not. */
class PrometheusTextTest {
    private static final String HISTOGRAM = """
            # HELP lag_seconds How late
            # TYPE lag_seconds histogram
            lag_seconds_bucket{arm="a",le="0.1"} 1
            lag_seconds_bucket{arm="a",le="+Inf"} 3
            lag_seconds_count{arm="a"} 3
            lag_seconds_sum{arm="a"} 7.5
            """;

    @Test
    void itReadsWhatIsWellFormed() {
        assertThat(PrometheusText.parse(HISTOGRAM).get("lag_seconds").value("arm", "a"))
                .isEqualTo(3);
        assertThat(PrometheusText.parse(
                                "# HELP x_total a \\\\ b\n# TYPE x_total counter\nx_total{q=\"a\\\"b\\n\"} NaN\n"
                                        .replace("NaN", "2.0E3"))
                        .get("x_total")
                        .value())
                .isEqualTo(2000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x 1\n",
                "# TYPE x gauge\nx 1\n",
                "# HELP x h\n# TYPE x gauge\nx 1",
                "# HELP x h\n# TYPE x gauge\nx 1\nx 1\n",
                "# HELP x h\n# TYPE x counter\nx 1\n",
                "# HELP x_total h\n# TYPE x_total counter\nx_total -1\n",
                "# HELP x h\n# TYPE x gauge\ny 1\n",
                "# HELP x h\n# TYPE x gauge\nx{a=b} 1\n",
                "# HELP x h\n# TYPE x gauge\nx{a=\"1\",a=\"2\"} 1\n",
                "# HELP x h\n# TYPE x gauge\nx\n",
                "# HELP x h\n# TYPE x gauge\nx one\n",
                "# HELP x h\n# TYPE x meter\nx 1\n",
                "# HELP x h\n# TYPE x gauge\n# HELP x h\n# TYPE x gauge\n",
                "# HELP h h\n# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_count 1\n",
                "# HELP h h\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n",
                "# HELP h h\n# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_count 2\n"
            })
    void itRefusesWhatIsNot(String text) {
        assertThatThrownBy(() -> PrometheusText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
