package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Place;
import java.util.HashSet;
import java.util.Set;

/** The control's places about which the arms do not agree: what differs from production there is judged with them. */
final class ControlPlaces {
    private final Set<Spot> spots = new HashSet<>();
    private final Set<Spot> goneOnCandidate = new HashSet<>();
    private final boolean armsAgree;
    private int firstError = Integer.MAX_VALUE;

    private record Spot(int step, Aspect aspect, int row, int column, String path) {}

    /**
     * Of the comparisons of an exchange.
     *
     * @param found control (left) against candidate (right)
     * @param toCandidate production (left) against candidate (right)
     */
    ControlPlaces(Comparison found, Comparison toCandidate) {
        armsAgree = found.differences().isEmpty();
        for (Difference difference : toCandidate.differences()) {
            Place place = difference.place();
            if (place.aspect() == Aspect.ROW && place.leftRow() >= 0) {
                goneOnCandidate.add(new Spot(place.step(), Aspect.ROW, place.leftRow(), -1, ""));
            }
        }
        for (Difference difference : found.differences()) {
            Place place = difference.place();
            if (place.aspect() == Aspect.ERROR) {
                firstError = Math.min(firstError, place.step());
            }
            spots.add(new Spot(place.step(), place.aspect(), place.leftRow(), place.leftColumn(), path(difference)));
        }
    }

    /** Whether a difference between production (left) and control (right) is about one of them. */
    boolean touch(Difference toControl) {
        Place place = toControl.place();
        if (place.aspect() == Aspect.ROW && place.rightRow() < 0 && place.step() < firstError) {
            // Production's row that the control has not: both arms lack it, or the candidate's row is judged.
            return !armsAgree && !goneOnCandidate.contains(new Spot(place.step(), Aspect.ROW, place.leftRow(), -1, ""));
        }
        return place.step() >= firstError
                || spots.contains(
                        new Spot(place.step(), place.aspect(), place.rightRow(), place.rightColumn(), path(toControl)));
    }

    /** Members of one document are told apart. */
    private static String path(Difference difference) {
        return difference.inside();
    }
}
