package dev.understudy.cli.command;

import dev.understudy.cli.CommandException;
import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.safety.TargetMark;
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
        return ExitCode.OK;
    }
}
