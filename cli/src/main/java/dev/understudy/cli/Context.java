package dev.understudy.cli;

import dev.understudy.cli.target.Surroundings;
import java.io.PrintWriter;
import java.time.Clock;

/**
 * What a command works with from outside.
 *
 * @param surroundings environment, home and user
 * @param out for results
 * @param err for everything else
 * @param onTerminal whether somebody watches {@code err}
 * @param clock the time
 */
public record Context(Surroundings surroundings, PrintWriter out, PrintWriter err, boolean onTerminal, Clock clock) {
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
