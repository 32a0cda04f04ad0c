package dev.understudy.diff.group;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.trace.entry.ExchangeId;

/**
 * One observation with where it was made.
 *
 * @param observation what was seen
 * @param exchange where; 0:0 for an object
 * @param step the statement in it
 * @param row the result's row, -1 where it is not about one
 * @param shownRow which row, for people
 * @param before what the baseline answered, masked
 * @param after what the candidate answered, masked
 */
public record Occurrence(
        Observation observation, ExchangeId exchange, int step, int row, String shownRow, String before, String after) {
    /** The same with another attribution. */
    public Occurrence as(Attribution attribution) {
        return new Occurrence(observation.as(attribution), exchange, step, row, shownRow, before, after);
    }
}
