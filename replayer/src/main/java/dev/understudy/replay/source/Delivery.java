package dev.understudy.replay.source;

import dev.understudy.replay.schedule.Work;
import java.util.List;

/**
 * What was read since the last delivery.
 *
 * @param works each session's in its order
 * @param watermark everything not delivered yet has a {@code sentAfter} of at least this; {@link Long#MAX_VALUE} at the
 *     trace's end
 * @param end whether this is the last delivery
 */
public record Delivery(List<Work> works, long watermark, boolean end) {
    /** Copies the list. */
    public Delivery {
        works = List.copyOf(works);
    }
}
