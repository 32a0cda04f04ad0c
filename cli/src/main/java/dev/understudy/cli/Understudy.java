package dev.understudy.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's entry point: it owns the process, so only this class may end it. */
@Command(
        name = "understudy",
        description = "Rehearses a PostgreSQL migration with production's own traffic before the cutover.",
        mixinStandardHelpOptions = true,
        versionProvider = Understudy.Version.class)
public final class Understudy implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs the command
    private Understudy() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Understudy()).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Understudy.class.getPackage().getImplementationVersion();
            return new String[] {"understudy " + Objects.requireNonNullElse(version, "(unpackaged)")};
        }
    }
}
