package dev.understudy.cli.output;

import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.LagSummary;
import dev.understudy.trace.run.RunEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's end in a few lines: every class of exchanges, and whether they add up. */
public final class RunSummary {
    private RunSummary() {}

    /** The lines. */
    public static List<String> lines(RunEnd end) {
        List<String> lines = new ArrayList<>();
        Duration elapsed = Duration.ofNanos(end.elapsedNanos());
        lines.add("run " + end.run() + (end.complete() ? ": " : " (ENDED EARLY): ") + Figures.count(end.exchanges())
                + " exchanges in " + Figures.duration(elapsed) + rate(end, elapsed));
        Table table = new Table("CLASS", "EXCHANGES", "SHARE");
        long sum = 0;
        for (Disposition disposition : Disposition.values()) {
            long n = end.dispositions().getOrDefault(disposition, 0L);
            sum += n;
            if (n > 0 || disposition == Disposition.COMPARED) {
                table.row(term(disposition), Figures.count(n), Figures.percent(n, end.exchanges()));
            }
        }
        table.row("sum", Figures.count(sum), Figures.percent(sum, end.exchanges()));
        lines.addAll(table.lines());
        lines.add(
                sum == end.exchanges()
                        ? "the sum closes"
                        : "THE SUM DOES NOT CLOSE: the trace accounts for " + Figures.count(end.exchanges()));
        if (end.moves() > 0) {
            lines.add("moved because an arm waited: " + Figures.count(end.moves()));
        }
        LagSummary lag = end.lag();
        if (lag != null && lag.maxNanos() > 0) {
            lines.add("lag behind the schedule: half at most " + nanos(lag.p50Nanos()) + ", 90 % "
                    + nanos(lag.p90Nanos()) + ", 99 % " + nanos(lag.p99Nanos()) + ", all " + nanos(lag.maxNanos()));
        } else if (end.maxLagNanos() > 0) {
            lines.add("largest lag behind the schedule: " + nanos(end.maxLagNanos()));
        }
        end.warnings().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(warning -> lines.add("warning: " + warning.getKey() + ": " + warning.getValue()));
        return lines;
    }

    private static String nanos(long nanos) {
        return Figures.duration(Duration.ofNanos(nanos));
    }

    private static String rate(RunEnd end, Duration elapsed) {
        long pending = end.dispositions().getOrDefault(Disposition.PENDING, 0L);
        return elapsed.toMillis() == 0
                ? ""
                : " (" + Figures.count((end.exchanges() - pending) * 1000 / elapsed.toMillis()) + "/s)";
    }

    private static String term(Disposition disposition) {
        return disposition.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
