package dev.understudy.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.cli.Context;
import java.time.Duration;
import java.time.Instant;

/**
 * Says on stderr how far a command is: one line that changes on a terminal, else a JSON line every few seconds. To be
 * called by one thread at a time; closing ends the line.
 */
public final class ProgressLine implements AutoCloseable {
    private static final Duration ON_TERMINAL_EVERY = Duration.ofMillis(200);
    private static final Duration ELSEWHERE_EVERY = Duration.ofSeconds(5);
    private static final int WIDTH = 110;

    private final Context context;
    private final String command;
    private Instant last;
    private boolean shown;

    /** Progress of that command. */
    public ProgressLine(Context context, String command) {
        this.context = context;
        this.command = command;
        // The first line after an interval: what is quick need not be said.
        this.last = context.clock().instant();
    }

    /** Shows a number and how many there will be, -1 where that is not known. */
    public void show(String what, long n, String of, long total) {
        show(
                Json.object().put("command", command).put(what, n).put("total", total < 0 ? null : (Long) total),
                Figures.count(n)
                        + (total < 0
                                ? ""
                                : " " + of + " " + Figures.count(total) + " (" + Figures.percent(n, total) + ")")
                        + " " + what);
    }

    /** Shows progress in both forms, if it is time. */
    public synchronized void show(ObjectNode json, String text) {
        Instant now = context.clock().instant();
        if (Duration.between(last, now).compareTo(context.onTerminal() ? ON_TERMINAL_EVERY : ELSEWHERE_EVERY) < 0) {
            return;
        }
        last = now;
        if (context.onTerminal()) {
            String line = command + ": " + text;
            String cut = line.substring(0, Math.min(line.length(), WIDTH));
            context.err().print("\r" + cut + " ".repeat(WIDTH - cut.length()));
            context.err().flush();
            shown = true;
        } else {
            context.say(Json.line(json));
        }
    }

    /** Clears the line. */
    @Override
    public synchronized void close() {
        if (shown) {
            context.err().print("\r" + " ".repeat(WIDTH) + "\r");
            context.err().flush();
            shown = false;
        }
    }
}
