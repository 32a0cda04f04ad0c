package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.cli.output.ProgressLine;
import dev.understudy.cli.output.ReportFiles;
import dev.understudy.cli.output.VerdictSummary;
import dev.understudy.diff.Baseline;
import dev.understudy.diff.Diff;
import dev.understudy.diff.DiffConfig;
import dev.understudy.diff.report.Report;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares what a run's arms answered, and judges. */
@Command(
        name = "diff",
        description = {"Compares a run's answers and ends in a verdict.", "Exit 0 is GO, 1 NO-GO, 3 INCONCLUSIVE."})
final class DiffCommand extends UnderstudyCommand {
    @Option(names = "--run", required = true, paramLabel = "NAME", description = "The run.")
    private String run = "";

    @Option(
            names = "--baseline",
            paramLabel = "SIDE",
            description = "What the candidate is held against: recorded or control. Default: control where the run has"
                    + " one.")
    private @Nullable Baseline baseline;

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.json and report.md there.")
    private @Nullable Path report;

    @Option(names = "--expect", paramLabel = "FILE", description = "Expectations. Not in this version yet.")
    private @Nullable Path expect;

    @Option(names = "--invariants", paramLabel = "FILE", description = "Invariants. Not in this version yet.")
    private @Nullable Path invariants;

    DiffCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Names.check("run", run);
        if (expect != null || invariants != null) {
            throw CommandException.usage("--expect and --invariants are not in this version yet");
        }
        if (report != null) {
            ReportFiles.checkUsable(report);
        }
        Report result;
        try (KafkaAccess kafka = common().kafka(context())) {
            result = compare(kafka.properties());
        }
        VerdictSummary.lines(result).forEach(context()::print);
        if (report != null) {
            for (Path file : ReportFiles.write(result, Set.of("json", "md"), report)) {
                context().print("written: " + file);
            }
        }
        return result.verdict().exitCode();
    }

    private Report compare(Map<String, String> kafka) {
        try (ProgressLine progress = new ProgressLine(context(), "diff")) {
            return Diff.run(
                    new DiffConfig(run, baseline, kafka),
                    (read, expected) -> progress.show("outcomes", read, "of", expected));
        }
    }
}
