package dev.understudy.trace.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the arms' marks say of the copies as they were when they were marked: before the migration. And where the run read
 * an arm's rows for it, what it was when the run began.
 *
 * @param run the run's name
 * @param stamps the mark's for each arm whose mark has one, and behind it, if it was read, the one of the run's beginning
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
        return all(arm).findFirst();
    }

    /** The arm's stamp when the run began, empty if that was not read. */
    public Optional<CopyStamp> atStart(Arm arm) {
        return all(arm).skip(1).findFirst();
    }

    private Stream<CopyStamp> all(Arm arm) {
        return stamps.stream().filter(each -> each.arm() == arm).map(OfArm::stamp);
    }
}
