package dev.understudy.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.Context;
import dev.understudy.cli.target.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.EPOCH;

    @Test
    void awayFromATerminalItIsAJsonLineEveryFewSeconds() {
        try (ProgressLine line = new ProgressLine(context(false), "diff")) {
            for (int second = 0; second <= 10; second++) {
                now = Instant.EPOCH.plusSeconds(second);
                line.show("outcomes", second, "of", second < 8 ? -1 : 20);
            }
        }

        assertThat(err.toString().lines())
                .containsExactly(
                        "{\"command\":\"diff\",\"outcomes\":5,\"total\":null}",
                        "{\"command\":\"diff\",\"outcomes\":10,\"total\":20}");
    }

    @Test
    void onATerminalItIsOneLineThatGoesAway() {
        try (ProgressLine line = new ProgressLine(context(true), "diff")) {
            for (int i = 1; i <= 3; i++) {
                now = now.plus(Duration.ofMillis(150));
                line.show("outcomes", i, "of", 4);
            }
        }

        assertThat(err.toString())
                .contains("diff: 2 of 4 (50 %) outcomes")
                .doesNotContain("\n")
                .endsWith(" \r");
        assertThat(err.toString().split("diff:")).hasSize(2);
    }

    private Context context(boolean onTerminal) {
        return new Context(
                new Surroundings(Map.of(), Path.of("/nowhere"), "me"),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                onTerminal,
                new Clock() {
                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                },
                () -> false);
    }
}
