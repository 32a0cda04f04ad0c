package dev.understudy.cli.command;

import dev.understudy.cli.Context;
import java.util.List;

/** Every command, in the order in which help lists them. */
public final class Commands {
    private Commands() {}

    /**
     * The commands.
     *
     * @param context what they work with
     */
    public static List<UnderstudyCommand> all(Context context) {
        return List.of(
                new DemoCommand(context),
                new MarkCommand(context),
                new DoctorCommand(context),
                new CaptureCommand(context),
                new AuditCommand(context),
                new ReplayCommand(context),
                new DiffCommand(context),
                new ReportCommand(context),
                new CapturesCommand(context),
                new RunsCommand(context),
                new BrokerCommand(context),
                new CompletionCommand(context));
    }
}
