package dev.understudy.replay.dryrun;

import java.time.Duration;
import java.util.Map;

/**
 * What a run would do.
 *
 * @param order the order between sessions
 * @param exchanges exchanges that the trace accounts for
 * @param sessions sessions that would be opened
 * @param mostOpen how many of them at once, at most
 * @param classes exchanges by what would become of them: {@code send}, {@code send only: why}, {@code force: SQLSTATE},
 *     {@code replace: why}, {@code withhold: why}, {@code left out: why}, {@code gap}
 * @param reads exchanges sent of which the tags say that they read
 * @param writes exchanges sent that seem to write
 * @param others exchanges sent of which neither is known: transaction control, settings, errors
 * @param roundTrips the critical path: how many round trips would have to follow each other, if each took as long
 * @param roundTrip how long one took to the slowest target, when measured now
 * @param timeline how long production took, at the wanted pace; zero for as fast as it goes
 */
public record DryRunReport(
        String order,
        long exchanges,
        long sessions,
        long mostOpen,
        Map<String, Long> classes,
        long reads,
        long writes,
        long others,
        long roundTrips,
        Duration roundTrip,
        Duration timeline) {
    /** Copies the map. */
    public DryRunReport {
        classes = Map.copyOf(classes);
    }

    /** No run can take less: the critical path, or the timeline where that is longer. */
    public Duration atLeast() {
        Duration path = roundTrip.multipliedBy(roundTrips);
        return path.compareTo(timeline) < 0 ? timeline : path;
    }
}
