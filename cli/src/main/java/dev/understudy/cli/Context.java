package dev.understudy.cli;

import dev.understudy.cli.target.Surroundings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What a command works with from outside.
 *
 * @param surroundings environment, home and user
 * @param out for results
 * @param err for everything else
 * @param onTerminal whether somebody watches {@code err}
 * @param clock the time
 * @param ending whether the process has been asked to end: what fails now fails because of that
 * @param ending whether the process has been asked to end, so that what fails now fails because of that
 */
public record Context(
        Surroundings surroundings,
        PrintWriter out,
        PrintWriter err,
        boolean onTerminal,
        Clock clock,
        BooleanSupplier ending) {
    /** Prints a line of result and makes sure that it is seen. */
    public void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Says something beside the result. */
    public void say(String line) {
        err.println(line);
        err.flush();
    }
}
