package dev.understudy.diff.compare;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.trace.entry.Omission;
import java.util.Map;

/**
 * One side's answer to an exchange.
 *
 * @param interpretation what it meant
 * @param catalog of the server that gave it
 * @param omissions what was left out of the answers of steps, by step
 * @param cut whether bytes are missing at its end
 * @param brokenOff whether the connection ended, or a limit passed, before the answer's end
 */
public record Answer(
        Interpretation interpretation,
        ServerCatalog catalog,
        Map<Integer, Omission> omissions,
        boolean cut,
        boolean brokenOff) {
    /** Copies the map. */
    public Answer {
        omissions = Map.copyOf(omissions);
    }
}
