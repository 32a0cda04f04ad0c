package dev.understudy.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.RunEnd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    @Test
    void everyClassIsShownAndTheSumCloses() {
        List<String> lines = RunSummary.lines(
                end(true, 1000, Map.of(Disposition.COMPARED, 990L, Disposition.GAP, 10L), Map.of(), 0));

        assertThat(lines)
                .containsExactly(
                        "run r: 1,000 exchanges in 2.0 s (500/s)",
                        "CLASS     EXCHANGES  SHARE",
                        "compared        990   99 %",
                        "gap              10    1 %",
                        "sum           1,000  100 %",
                        "the sum closes");
    }

    @Test
    void aSumThatDoesNotCloseIsShouted() {
        assertThat(RunSummary.lines(end(true, 1000, Map.of(Disposition.COMPARED, 999L), Map.of(), 0)))
                .contains("THE SUM DOES NOT CLOSE: the trace accounts for 1,000");
    }

    @Test
    void whatIsSpecialIsSaid() {
        List<String> lines = RunSummary.lines(
                end(false, 10, Map.of(Disposition.PENDING, 10L), Map.of("roles", "two are missing"), 3));

        assertThat(lines.get(0)).contains("ENDED EARLY").contains("(0/s)");
        assertThat(lines).contains("moved because an arm waited: 3", "warning: roles: two are missing");
        assertThat(lines).anyMatch(line -> line.startsWith("compared") && line.contains(" 0 "));
    }

    private static RunEnd end(
            boolean complete,
            long exchanges,
            Map<Disposition, Long> classes,
            Map<String, String> warnings,
            long moves) {
        return new RunEnd(
                "r", 0, complete, exchanges, classes, List.of(), warnings, moves, 0, 2_000_000_000L, List.of());
    }
}
