package dev.understudy.cli.demo;

import dev.understudy.cli.Context;
import dev.understudy.cli.output.Figures;
import java.time.Duration;
import java.time.Instant;

/** Tells how the demo gets on, with the time since its start. */
final class Storyline {
    private final Context context;
    private final Instant began;

    Storyline(Context context) {
        this.context = context;
        this.began = context.clock().instant();
    }

    /** One thing is done. */
    void told(String what) {
        String time = Figures.duration(Duration.between(began, context.clock().instant()));
        context.print(" ".repeat(Math.max(0, 8 - time.length())) + time + "  " + what);
    }

    /** Something under the last line. */
    void below(String what) {
        context.print("          " + what);
    }
}
