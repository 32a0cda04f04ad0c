package dev.understudy.replay;

import java.util.Locale;

/** How far a replay is as a whole. */
public enum Phase {
    /** Looks through the trace and at the arms, compares whole tables; nothing has been sent yet. */
    PREPARING,
    /** Sends. */
    REPLAYING,
    /** Compares whole tables once more, and writes the run's end. */
    FINISHING,
    /** Is over, in whichever way. */
    OVER;

    /** The phase as users see it. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }
}
