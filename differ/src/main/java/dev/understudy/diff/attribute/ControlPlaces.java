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
    private int firstError = Integer.MAX_VALUE;

    private record Spot(int step, Aspect aspect, int row, int column, String path) {}

    /** Of a comparison of control (left) and candidate (right). */
    ControlPlaces(Comparison found) {
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
        return place.step() >= firstError
                || spots.contains(
                        new Spot(place.step(), place.aspect(), place.rightRow(), place.rightColumn(), path(toControl)));
    }

    /** Members of one document are told apart. */
    private static String path(Difference difference) {
        return difference.place().aspect() == Aspect.VALUE ? difference.path() : "";
    }
}
