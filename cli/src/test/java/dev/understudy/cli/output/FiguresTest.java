package dev.understudy.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "999949, 999.9 kB", "999950, 1.0 MB", "12345678901, 12.3 GB"})
    void bytes(long n, String expected) {
        assertThat(Figures.bytes(n)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0 %",
        "10, 10, 100 %",
        "1, 3, 33.33 %",
        "1, 100000, <0.01 %",
        "99999, 100000, >99.99 %",
        "1, 0, -"
    })
    void aShareIsNeverRoundedToNothingNorToAll(long part, long whole, String expected) {
        assertThat(Figures.percent(part, whole)).isEqualTo(expected);
    }

    @Test
    void countsDurationsAndTimes() {
        assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Figures.duration(Duration.ofMillis(45))).isEqualTo("45 ms");
        assertThat(Figures.duration(Duration.ofMillis(12_345))).isEqualTo("12.3 s");
        assertThat(Figures.time(Instant.EPOCH)).isEqualTo("1970-01-01 00:00:00Z");
    }
}
