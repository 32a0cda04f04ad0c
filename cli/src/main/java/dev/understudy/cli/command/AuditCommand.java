package dev.understudy.cli.command;

import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.kafka.Captures;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.cli.kafka.RunAudit;
import dev.understudy.cli.output.Figures;
import dev.understudy.trace.entry.NumberRange;
import dev.understudy.trace.entry.SessionIds;
import dev.understudy.trace.ledger.AuditReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves from the trace alone that every exchange is accounted for. */
@Command(
        name = "audit",
        description = {
            "Proves from the trace alone that every exchange is accounted for.",
            "Exit 0 if the sum closes, else 3."
        })
final class AuditCommand extends UnderstudyCommand {
    private static final int MAX_RANGES = 20;
    private static final int MAX_PROBLEMS = 50;

    @Option(names = "--capture", required = true, paramLabel = "NAME", description = "The capture.")
    private String capture = "";

    @Option(
            names = "--runs",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Runs that shared the capture (replay --share): prove instead that each exchange has one outcome in"
                            + " one of them, and name the sessions of which some have none, as where a process was killed.")
    private List<String> runs = List.of();

    AuditCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Names.check("capture", capture);
        runs.forEach(run -> Names.check("runs", run));
        if (!runs.isEmpty()) {
            return ofRuns();
        }
        AuditReport report;
        try (KafkaAccess kafka = common().kafka(context())) {
            report = new Captures(kafka).audit(capture);
        }
        context().print(sum(report));
        details(report);
        return report.closes() ? ExitCode.OK : ExitCode.INCONCLUSIVE;
    }

    private int ofRuns() throws Exception {
        RunAudit.Found found;
        try (KafkaAccess kafka = common().kafka(context())) {
            found = new RunAudit(kafka).audit(capture, runs);
        }
        long without = found.exchanges() - found.once();
        context()
                .print("recorded " + Figures.count(found.exchanges()) + " = with an outcome "
                        + Figures.count(found.once())
                        + " + without " + Figures.count(without)
                        + (found.twice() > 0 ? ", and " + Figures.count(found.twice()) + " outcomes too many" : "")
                        + ": " + (found.closes() ? "closes" : "DOES NOT CLOSE"));
        found.missing().entrySet().stream()
                .limit(MAX_PROBLEMS)
                .forEach(session -> context()
                        .print("session " + SessionIds.toString(session.getKey()) + ": "
                                + Figures.count(session.getValue()) + " exchanges without an outcome"));
        if (found.missing().size() > MAX_PROBLEMS) {
            context().print("and " + Figures.count(found.missing().size() - MAX_PROBLEMS) + " more sessions");
        }
        return found.closes() ? ExitCode.OK : ExitCode.INCONCLUSIVE;
    }

    private static String sum(AuditReport r) {
        boolean adds = r.forwarded() == r.recorded() + r.skipped() + r.lost() + r.opaque();
        return "forwarded " + Figures.count(r.forwarded()) + (adds ? " = " : " != ")
                + "recorded " + Figures.count(r.recorded())
                + " + skipped " + Figures.count(r.skipped())
                + " + lost " + Figures.count(r.lost())
                + " + opaque " + Figures.count(r.opaque())
                + " (" + Figures.count(r.sessions()) + " sessions): "
                + (r.closes() ? "closes" : "DOES NOT CLOSE");
    }

    private void details(AuditReport r) {
        reasons("lost", r.lostByReason());
        reasons("skipped", r.skippedByPolicy());
        if (r.openAtEnd() > 0) {
            context().print("open at the end: " + Figures.count(r.openAtEnd()) + " exchanges begun and never done");
        }
        if (!r.lastLedgers()) {
            context()
                    .print(
                            "not every lane has its closing ledger: the capture is still running, or the agent was killed");
        }
        ranges("unaccounted for", r.unaccounted());
        ranges("in the trace more than once", r.twice());
        r.problems().stream().limit(MAX_PROBLEMS).forEach(problem -> context().print("problem: " + problem));
        if (r.problems().size() > MAX_PROBLEMS) {
            context().print("and " + Figures.count(r.problems().size() - MAX_PROBLEMS) + " more problems");
        }
    }

    private void reasons(String what, Map<? extends Enum<?>, Long> counts) {
        String list = counts.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getKey() + " " + Figures.count(e.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!list.isEmpty()) {
            context().print(what + ": " + list);
        }
    }

    private void ranges(String what, List<NumberRange> ranges) {
        if (!ranges.isEmpty()) {
            String list =
                    ranges.stream().limit(MAX_RANGES).map(NumberRange::toString).collect(Collectors.joining(", "));
            context().print(what + ": " + list + (ranges.size() > MAX_RANGES ? ", ..." : ""));
        }
    }
}
