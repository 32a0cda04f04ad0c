package dev.understudy.diff.parity;

import java.util.List;

/**
 * Whether the arms were equal where they have to be.
 *
 * @param baseline what the candidate was held against, for people
 * @param candidate the candidate's address
 * @param state whether the tables were equal before the run, in a sentence
 * @param stateEstablished whether that was shown
 * @param items what is not equal, failures first
 */
public record Parity(
        String baseline, String candidate, String state, boolean stateEstablished, List<ParityItem> items) {
    /** Copies the list. */
    public Parity {
        items = List.copyOf(items);
    }

    /** What makes the comparison worthless. */
    public List<ParityItem> failures() {
        return items.stream().filter(ParityItem::failure).toList();
    }
}
