package dev.understudy.cli;

import dev.understudy.cli.target.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** What a command line did: exit code and what it said. */
public record CommandLineRun(int exitCode, String out, String err) {
    /** Runs it in this process, away from the real environment. */
    public static CommandLineRun of(Map<String, String> environment, Path home, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Understudy.run(
                new Context(
                        new Surroundings(environment, home, "me"),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        false,
                        Clock.systemUTC(),
                        () -> false),
                args);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    /** Runs it in this process, for tests that watch it meanwhile; returns the exit code. */
    public static int in(Context context, String... args) {
        return Understudy.run(context, args);
    }
}
