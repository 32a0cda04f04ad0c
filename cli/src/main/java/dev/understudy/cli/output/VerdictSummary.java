package dev.understudy.cli.output;

import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.group.Sample;
import dev.understudy.diff.report.Ledger;
import dev.understudy.diff.report.Report;
import dev.understudy.expect.gate.Reason;
import java.util.ArrayList;
import java.util.List;

/** A report in a few lines: the verdict, why, and the first groups. */
public final class VerdictSummary {
    private static final int MAX_GROUPS = 5;
    private static final int MAX_REASONS = 5;
    private static final int MAX_SQL_CHARS = 160;

    private VerdictSummary() {}

    /** The lines. */
    public static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("verdict: " + report.verdict().label() + " (run " + report.run() + ", " + report.mode() + ")");
        report.reasons().stream().limit(MAX_REASONS).map(Reason::text).forEach(text -> lines.add("  " + text));
        Ledger ledger = report.ledger();
        lines.add("compared " + Figures.count(ledger.compared()) + " of " + Figures.count(ledger.exchanges())
                + " exchanges; " + Figures.count(ledger.carryingData()) + " carry data");
        List<DifferenceGroup> unexpected = report.groups().stream()
                .filter(group -> group.disposition() == GroupDisposition.UNEXPECTED)
                .toList();
        for (int i = 0; i < Math.min(MAX_GROUPS, unexpected.size()); i++) {
            lines.addAll(group(i + 1, unexpected.get(i)));
        }
        if (unexpected.size() > MAX_GROUPS) {
            lines.add("and " + Figures.count(unexpected.size() - MAX_GROUPS) + " more unexpected groups");
        }
        return lines;
    }

    /** One group with its first piece of evidence. */
    public static List<String> group(int number, DifferenceGroup group) {
        List<String> lines = new ArrayList<>();
        String times = group.type().isSchema() ? "" : Figures.count(group.count()) + " times" + share(group) + ", ";
        lines.add(number + ". " + group.type() + " " + group.path() + ": " + group.transition() + ", " + times
                + group.attribution().label());
        if (!group.sql().isEmpty()) {
            lines.add("   " + shortened(group.sql()));
        }
        if (!group.samples().isEmpty()) {
            Sample sample = group.samples().get(0);
            lines.add("   " + (sample.row().isEmpty() ? "" : sample.row() + ": ") + sample.before() + " -> "
                    + sample.after());
        }
        return lines;
    }

    private static String share(DifferenceGroup group) {
        return group.compared() == 0 ? "" : " (" + Figures.percent(group.count(), group.compared()) + ")";
    }

    private static String shortened(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_SQL_CHARS ? line : line.substring(0, MAX_SQL_CHARS) + "...";
    }
}
