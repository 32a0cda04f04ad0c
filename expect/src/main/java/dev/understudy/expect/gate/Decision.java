package dev.understudy.expect.gate;

import dev.understudy.expect.Verdict;
import java.util.List;

/**
 * A verdict and what it stands on.
 *
 * @param verdict the conjunction of the gates
 * @param tripped the gates that did not hold: NO-GO before INCONCLUSIVE, each in the order of the gates
 * @param held the gates that held
 */
public record Decision(Verdict verdict, List<Reason> tripped, List<Reason> held) {
    /** Copies the lists. */
    public Decision {
        tripped = List.copyOf(tripped);
        held = List.copyOf(held);
    }

    /** What a reader must know: the gates that tripped, or under GO those that held. */
    public List<Reason> reasons() {
        return tripped.isEmpty() ? held : tripped;
    }
}
