package dev.understudy.diff.report;

import dev.understudy.diff.difference.Severity;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.group.Sample;
import dev.understudy.diff.parity.FootprintItem;
import dev.understudy.diff.parity.ParityFailure;
import dev.understudy.diff.parity.ParityItem;
import dev.understudy.diff.report.MarkdownReport.Detail;
import dev.understudy.expect.Verdict;
import dev.understudy.expect.gate.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One page, at one level of detail. */
final class MarkdownPage {
    private static final int MAX_CLUSTERS = 5;
    private static final int MAX_IN_CLUSTER = 5;

    private final Report report;
    private final Detail detail;
    private final StringBuilder page = new StringBuilder();

    MarkdownPage(Report report, Detail detail) {
        this.report = report;
        this.detail = detail;
    }

    String render() {
        // Whoever posts this page finds its former version by the marker and updates it in place.
        line("<!-- understudy:report mode=" + report.mode() + " -->");
        verdict();
        footprint();
        clusters();
        scorecard();
        groups();
        parity();
        errors();
        section("What was not tested");
        report.untested().forEach(sentence -> line("- " + Md.text(sentence)));
        return page.toString();
    }

    private void verdict() {
        line("# " + report.verdict().label() + ": run " + Md.code(report.run()) + " (" + report.mode() + ")");
        blank();
        line("**Why:** " + why());
        blank();
        List<DifferenceGroup> blockers = report.unexpectedBlockers();
        if (!blockers.isEmpty()) {
            finding(blockers.get(0));
        }
        line(report.verdict() == Verdict.GO ? "What it stands on:" : "What has to change:");
        blank();
        table("gate", "is", "must be", "");
        for (Reason reason : report.reasons()) {
            row(
                    Md.code(reason.gate()),
                    Md.text(reason.valueText()),
                    Md.text(reason.limitText()),
                    Md.text(reason.text()));
        }
        blank();
    }

    private String why() {
        List<DifferenceGroup> blockers = report.unexpectedBlockers();
        Ledger ledger = report.ledger();
        if (report.verdict() == Verdict.GO) {
            return Md.count(ledger.compared()) + " of " + Md.count(ledger.exchanges())
                    + " exchanges were compared, and nothing that blocks was found.";
        }
        if (blockers.isEmpty() || report.verdict() == Verdict.INCONCLUSIVE) {
            return report.reasons().isEmpty()
                    ? "there is no data."
                    : Md.text(report.reasons().get(0).text());
        }
        DifferenceGroup first = blockers.get(0);
        String others =
                blockers.size() == 1 ? "" : ", and " + Phrases.count(blockers.size() - 1, "more blocking group");
        return Phrases.change(first) + (first.type().isSchema() ? "" : ", " + Phrases.share(first)) + others + ".";
    }

    private void finding(DifferenceGroup group) {
        line("## The first finding: " + Md.code(group.type().name()) + " in " + Md.code(group.path()));
        blank();
        describe(group, Math.max(1, detail.samples()));
    }

    private void describe(DifferenceGroup group, int samples) {
        if (!group.sql().isEmpty()) {
            page.append(Md.block("sql", Md.limited(group.sql(), detail.sql())));
            blank();
        }
        table("", "");
        row("change", Md.code(group.transition()));
        if (!group.origin().isEmpty()) {
            row(group.type().isValue() ? "column" : "origin", Md.code(group.origin()));
        }
        if (!group.type().isSchema()) {
            row("how often", Phrases.share(group));
        }
        if (group.dependants() > 0) {
            row("dependants", Phrases.dependants(group.dependants()));
        }
        row("attributed to", Md.text(group.attribution().label()));
        row(
                "group",
                Md.code(group.id())
                        + (group.fingerprint().isEmpty() ? "" : ", statement " + Md.code(group.fingerprint())));
        blank();
        List<Sample> shown =
                group.samples().subList(0, Math.min(samples, group.samples().size()));
        if (!shown.isEmpty()) {
            table("exchange", "row or arguments", "before", "after");
            for (Sample sample : shown) {
                row(
                        Md.code(sample.exchange()),
                        Md.text(sample.row()),
                        Md.code(sample.before()),
                        Md.code(sample.after()));
            }
            blank();
        }
    }

    private void footprint() {
        if (report.footprint().isEmpty()) {
            return;
        }
        section("What the migration changed");
        line(
                "Candidate against control before the replay: the schema, and whole tables where they were compared. Read and"
                        + " written: by how many compared statements.");
        blank();
        table("object", "change", "was → is", "declared", "state checked", "read", "written", "exercised");
        List<FootprintItem> items = report.footprint();
        for (FootprintItem item : items.subList(0, Math.min(detail.rows(), items.size()))) {
            row(
                    Md.code(item.object()),
                    Md.text(item.type().name()) + (item.severity() == Severity.BLOCKER ? " (**blocker**)" : ""),
                    Md.text(item.change()),
                    item.declared() ? "yes" : "no",
                    item.stateChecked() ? "yes" : "no",
                    Md.count(item.exercised().read()),
                    Md.count(item.exercised().written()),
                    item.isExercised() ? "yes" : "**no**: " + Md.text(item.lacking()));
        }
        blank();
        more(items.size() - detail.rows());
    }

    private void clusters() {
        Map<String, List<DifferenceGroup>> clusters = new LinkedHashMap<>();
        report.unexpectedBlockers()
                .forEach(group -> clusters.computeIfAbsent(group.cluster(), any -> new ArrayList<>())
                        .add(group));
        if (clusters.isEmpty()
                || clusters.size() == 1 && report.unexpectedBlockers().size() == 1) {
            return;
        }
        section("What blocks");
        int number = 0;
        for (List<DifferenceGroup> cluster : clusters.values()) {
            if (++number > MAX_CLUSTERS) {
                break;
            }
            DifferenceGroup first = cluster.get(0);
            line("### " + number + ". "
                    + (first.origin().isEmpty() ? Md.code(first.type().name()) : Md.code(first.origin())));
            blank();
            if (number == 1) {
                line("The first finding above" + (cluster.size() == 1 ? "." : ", and:"));
                blank();
            } else {
                describe(first, detail.samples());
            }
            for (DifferenceGroup other : cluster.subList(1, Math.min(MAX_IN_CLUSTER, cluster.size()))) {
                line("- " + Phrases.change(other) + ", " + Phrases.share(other)
                        + (other.fingerprint().isEmpty() ? "" : " of " + Md.code(other.fingerprint())));
            }
            if (cluster.size() > 1) {
                blank();
            }
            more(cluster.size() - MAX_IN_CLUSTER);
        }
        more(clusters.size() - MAX_CLUSTERS);
    }

    private void scorecard() {
        section("Scorecard and coverage");
        Ledger ledger = report.ledger();
        table("exchanges", "");
        row("in the trace", Md.count(ledger.exchanges()));
        row("carry data", Md.count(ledger.carryingData()));
        row("**compared**", "**" + Md.count(ledger.compared()) + "**");
        row("not comparable", Md.count(ledger.notComparable()));
        row("filtered", Md.count(ledger.filtered()));
        row("tainted", Md.count(ledger.tainted()));
        row("raced", Md.count(ledger.raced()));
        row("forced", Md.count(ledger.forced()));
        row("gap", Md.count(ledger.gap()));
        row("pending", Md.count(ledger.pending()));
        blank();
        line(
                ledger.imbalance() == 0
                        ? "The classes add up."
                        : "**The classes do not add up: " + Md.count(ledger.imbalance()) + " exchanges are off.**");
        blank();
    }

    private void groups() {
        if (report.groups().isEmpty()) {
            return;
        }
        section("All difference groups");
        for (GroupDisposition disposition : GroupDisposition.values()) {
            long count = report.groups().stream()
                    .filter(group -> group.disposition() == disposition)
                    .count();
            if (count > 0) {
                line("- " + disposition.label() + ": " + Md.count(count));
            }
        }
        blank();
        List<DifferenceGroup> shown = report.groups()
                .subList(0, Math.min(detail.groups(), report.groups().size()));
        if (!shown.isEmpty()) {
            table("group", "class", "path", "change", "count", "share", "severity", "attribution", "statement");
        }
        for (DifferenceGroup group : shown) {
            row(
                    Md.code(group.id()),
                    Md.text(group.type().name()),
                    Md.code(group.path()),
                    Md.code(group.transition()),
                    Md.count(group.count()),
                    group.compared() == 0 ? "" : Md.percent(group.share()),
                    group.severity().name().toLowerCase(Locale.ROOT),
                    Md.text(group.attribution().label()),
                    Md.code(Md.limited(group.sql(), 120)));
        }
        blank();
        more(report.groups().size() - shown.size());
    }

    private void parity() {
        section("Parity");
        line("Held against " + Md.text(report.parity().baseline()) + "; candidate "
                + Md.code(report.parity().candidate()) + ".");
        blank();
        line("Both copies before the migration: " + Md.text(report.parity().state()) + ".");
        blank();
        for (ParityFailure failure : report.parity().failures()) {
            line("- **" + Md.text(failure.name().name()) + "**: " + Md.text(failure.text()));
        }
        if (!report.parity().failures().isEmpty()) {
            blank();
        }
        List<ParityItem> items = report.parity().items();
        if (items.isEmpty()) {
            return;
        }
        table("", "object", "baseline", "candidate", "");
        for (ParityItem item : items.subList(0, Math.min(detail.rows(), items.size()))) {
            row(
                    Md.text(item.kind()),
                    Md.code(item.object()),
                    Md.text(item.baseline()),
                    Md.text(item.candidate()),
                    item.failure() ? "**changes answers**" : "noted");
        }
        blank();
        more(items.size() - detail.rows());
    }

    private void errors() {
        if (report.errors().isEmpty()) {
            return;
        }
        section("Errors by SQLSTATE");
        table("SQLSTATE", "baseline", "candidate");
        List<ErrorCount> errors = report.errors();
        for (ErrorCount error : errors.subList(0, Math.min(detail.rows(), errors.size()))) {
            row(Md.code(error.sqlState()), Md.count(error.baseline()), Md.count(error.candidate()));
        }
        blank();
        more(errors.size() - detail.rows());
    }

    private void more(int hidden) {
        if (hidden > 0) {
            line("… and " + Md.count(hidden) + " more in `report.json`.");
            blank();
        }
    }

    private void section(String title) {
        line("## " + title);
        blank();
    }

    private void table(String... heads) {
        row(heads);
        line("|" + "---|".repeat(heads.length));
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void blank() {
        page.append('\n');
    }
}
