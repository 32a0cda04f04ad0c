package dev.understudy.cli.command;

import dev.understudy.cli.Context;
import dev.understudy.cli.ExitCode;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh: source <(understudy completion)")
final class CompletionCommand extends UnderstudyCommand {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs the command
    CompletionCommand(Context context) {
        super(context);
    }

    @Override
    public Integer call() {
        CommandLine top = Objects.requireNonNull(spec.parent()).commandLine();
        context().print(AutoComplete.bash(top.getCommandName(), top));
        return ExitCode.OK;
    }
}
