package dev.understudy.trace.run;

import java.util.List;
import java.util.Optional;

/**
 * What the arms' marks say of the copies as they were when they were marked: before the migration.
 *
 * @param run the run's name
 * @param stamps one for each arm whose mark has one
 */
public record CopyStamps(String run, List<OfArm> stamps) implements ControlEntry {
    /** Copies the list. */
    public CopyStamps {
        stamps = List.copyOf(stamps);
    }

    /** An arm's stamp. */
    public record OfArm(Arm arm, CopyStamp stamp) {}

    /** The arm's stamp, empty if its mark has none. */
    public Optional<CopyStamp> of(Arm arm) {
        return stamps.stream()
                .filter(each -> each.arm() == arm)
                .map(OfArm::stamp)
                .findFirst();
    }
}
