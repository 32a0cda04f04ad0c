package dev.understudy.diff.parity;

import java.util.List;

/**
 * Whether the arms were equal where they have to be.
 *
 * @param baseline what the candidate was held against, for people
 * @param candidate the candidate's address
 * @param state whether the copies were equal before the migration, in a sentence
 * @param stateEstablished whether that was shown
 * @param failures what makes the comparison worthless, the leading one first
 * @param items in what else the arms' servers differ, what changes answers first
 */
public record Parity(
        String baseline,
        String candidate,
        String state,
        boolean stateEstablished,
        List<ParityFailure> failures,
        List<ParityItem> items) {
    /** Copies the lists. */
    public Parity {
        failures = List.copyOf(failures);
        items = List.copyOf(items);
    }

    /** Whether differences may be blamed on the migration. */
    public boolean holds() {
        return failures.isEmpty();
    }
}
