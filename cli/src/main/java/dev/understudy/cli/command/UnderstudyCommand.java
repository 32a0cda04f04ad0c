package dev.understudy.cli.command;

import dev.understudy.cli.Context;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command: what it works with, and the flags that all have. It returns its exit code. */
public abstract class UnderstudyCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = {"-h", "--help"},
            order = 999,
            usageHelp = true,
            description = "Show this and exit.")
    private boolean help;

    UnderstudyCommand(Context context) {
        this.context = context;
    }

    /** The flags that all commands have. */
    public final CommonOptions common() {
        return common;
    }

    final Context context() {
        return context;
    }

    /** Whether help was asked for; picocli then prints it in place of running the command. */
    final boolean isHelpWanted() {
        return help;
    }
}
