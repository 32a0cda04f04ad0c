package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.kafka.KafkaAccess;
import dev.understudy.cli.output.ReportFiles;
import dev.understudy.diff.Baseline;
import dev.understudy.diff.Diff;
import dev.understudy.diff.DiffConfig;
import dev.understudy.diff.DiffListener;
import dev.understudy.diff.report.Report;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a run's report once more; the same run gives the same bytes. */
@Command(name = "report", description = "Writes a run's report: the same run gives the same bytes.")
final class ReportCommand extends UnderstudyCommand {
    @Option(names = "--run", required = true, paramLabel = "NAME", description = "The run.")
    private String run = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            defaultValue = "json,md",
            description = "json, md, or both with a comma (default).")
    private List<String> formats = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Where to write them.")
    private Path output = Path.of("");

    @Option(names = "--baseline", paramLabel = "SIDE", description = "As for diff.")
    private @Nullable Baseline baseline;

    ReportCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Names.check("run", run);
        Set<String> wanted = new LinkedHashSet<>(formats);
        for (String format : wanted) {
            if (!ReportFiles.formats().contains(format)) {
                throw CommandException.usage("--format=" + format + ": expected " + ReportFiles.formats()
                        + (List.of("html", "junit", "sarif").contains(format)
                                ? "; " + format + " is not in this version yet"
                                : ""));
            }
        }
        ReportFiles.checkUsable(output);
        Report report;
        try (KafkaAccess kafka = common().kafka(context())) {
            report = Diff.run(new DiffConfig(run, baseline, kafka.properties()), DiffListener.NONE);
        }
        for (Path file : ReportFiles.write(report, wanted, output)) {
            context().print(file.toString());
        }
        return ExitCode.OK;
    }
}
