package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.cli.output.Figures;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.safety.CopyMark;
import dev.understudy.replay.safety.TargetMark;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Marks a database as one that may be replayed on. */
@Command(
        name = "mark",
        description =
                "Allows a database to be replayed on. The mark is bound to this very database: a copy of it is not"
                        + " marked.")
final class MarkCommand extends UnderstudyCommand {
    @Option(
            names = "--target",
            required = true,
            paramLabel = "URI",
            description = {
                "Allows a database to be replayed on.",
                "The mark is bound to this very database: a copy of it is not marked."
            })
    private @Nullable ConnectionInfo target;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "The last day (UTC) on which it may be, such as 2027-01-31. Default: for ever.")
    private @Nullable LocalDate until;

    @Option(
            names = "--no-state",
            description = "Do not read the rows: two copies marked before the migration then do not show that they were"
                    + " equal.")
    private boolean noState;

    @Option(
            names = "--anew",
            description =
                    "Read schema and rows anew. Without it, what an earlier mark read stays: it may be from before"
                            + " a migration.")
    private boolean anew;

    MarkCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        ConnectionInfo database = java.util.Objects.requireNonNull(target);
        if (until != null && until.isBefore(LocalDate.now(context().clock()))) {
            throw CommandException.usage("--until=" + until + ": expected today or a later day");
        }
        TargetMark mark = TargetMark.mark(database, Optional.ofNullable(until));
        context()
                .print("marked " + database + " as " + mark.identity().database() + " of system "
                        + mark.identity().systemIdentifier()
                        + mark.until().map(day -> ", until " + day).orElse(""));
        if (!noState) {
            stamp(database);
        }
        return ExitCode.OK;
    }

    /** Marks of both copies, taken before the migration, show whether they were equal. */
    private void stamp(ConnectionInfo database) {
        long began = System.nanoTime();
        CopyMark copy = CopyMark.take(database, anew, context().clock().millis() * 1_000);
        String of = Figures.count(copy.stamp().rows()) + " rows, digests "
                + copy.stamp().catalog() + " and " + copy.stamp().state();
        context()
                .print(
                        copy.kept()
                                ? "kept what an earlier mark read of the copy (" + of + "); --anew reads it anew"
                                : "read the copy as it is now: " + of + ", in "
                                        + Figures.duration(Duration.ofNanos(System.nanoTime() - began))
                                        + "; mark both copies before the migration");
    }
}
