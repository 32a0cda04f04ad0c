package dev.understudy.diff.group;

import dev.understudy.diff.difference.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as it is kept.
 *
 * @param key statement, class, path and attribution
 * @param transition what changed; {@link GroupBook#OTHER} where several are counted together
 * @param sql the statement, normalised
 * @param severity how bad it is, the worst of all that are counted
 * @param origin what it comes from, empty where that is not known
 * @param count how many
 * @param samples a few, the first exchanges' first
 * @param cutoff the path's least transition that is counted with others, null if there is none
 */
public record GroupState(
        PathKey key,
        String transition,
        String sql,
        Severity severity,
        String origin,
        long count,
        List<KeptSample> samples,
        @Nullable String cutoff) {
    /** Copies the list. */
    public GroupState {
        samples = List.copyOf(samples);
    }

    /** One sample with its place. */
    public record KeptSample(
            long session, long ordinal, int step, int row, String shownRow, String before, String after) {}

    /** Its name among groups that are kept: {@link PathKey#id}. */
    public String id() {
        return key.id(transition);
    }
}
