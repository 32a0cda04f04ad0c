package dev.understudy.cli.output;

import dev.understudy.replay.dryrun.DryRunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What a dry run found out, for people. */
public final class DryRunSummary {
    private DryRunSummary() {}

    /** The lines. */
    public static List<String> lines(String capture, DryRunReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("dry run of capture " + capture + " in " + report.order()
                + " order: nothing was sent, no run was made");
        lines.add(Figures.count(report.sessions()) + " sessions, at most " + Figures.count(report.mostOpen())
                + " open at once");
        Table table = new Table("WHAT", "EXCHANGES", "SHARE");
        new TreeMap<>(report.classes())
                .forEach((what, n) -> table.row(what, Figures.count(n), Figures.percent(n, report.exchanges())));
        long sum = report.classes().values().stream().mapToLong(Long::longValue).sum();
        table.row("sum", Figures.count(sum), Figures.percent(sum, report.exchanges()));
        lines.addAll(table.lines());
        lines.add(
                sum == report.exchanges()
                        ? "the sum closes"
                        : "THE SUM DOES NOT CLOSE: the trace accounts for " + Figures.count(report.exchanges()));
        lines.add("of those sent as recorded: " + Figures.count(report.reads()) + " read, "
                + Figures.count(report.writes()) + " write or lock, " + Figures.count(report.others())
                + " neither (transaction control, settings, errors)");
        lines.add("critical path: " + Figures.count(report.roundTrips()) + " round trips one behind the other, of "
                + precise(report.roundTrip()) + " each: "
                + Figures.duration(report.roundTrip().multipliedBy(report.roundTrips())));
        if (!report.timeline().isZero()) {
            lines.add("production's own pace, as wanted: " + Figures.duration(report.timeline()));
        }
        lines.add("it takes at least " + Figures.duration(report.atLeast())
                + ", and what the servers compute and wait for locks");
        return lines;
    }

    private static String precise(Duration duration) {
        return String.format(Locale.ROOT, "%.3f ms", duration.toNanos() / 1e6);
    }
}
