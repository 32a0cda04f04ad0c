package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a comparison says about the places of its right side, indexed. Immutable once built. */
final class Findings {
    /** What it says about one place. */
    enum At {
        /** Both sides have the same there. */
        SAME,
        /** They have not. */
        OTHER,
        /** Differences were too many to be kept one by one, and one of those may be there. */
        UNKNOWN
    }

    /** Says the same of every place. */
    static final Findings NONE = new Findings(Comparison.SAME);

    private final Comparison comparison;
    private final Map<Spot, List<Difference>> single = new HashMap<>();
    private final Set<Spot> summed = new HashSet<>();
    private int firstError = Integer.MAX_VALUE;

    /** A place; rows and columns of the right side, -1 for none. */
    private record Spot(int step, Aspect aspect, int row, int column) {}

    Findings(Comparison comparison) {
        this.comparison = comparison;
        for (Difference difference : comparison.differences()) {
            Place place = difference.place();
            Aspect aspect = place.aspect();
            if (aspect == Aspect.ERROR) {
                firstError = Math.min(firstError, place.step());
            }
            Spot spot = new Spot(place.step(), aspect, place.rightRow(), place.rightColumn());
            single.computeIfAbsent(spot, any -> new ArrayList<>(1)).add(difference);
            if (difference.count() > 1) {
                summed.add(new Spot(place.step(), aspect, -1, place.rightColumn()));
            }
        }
    }

    /** Whether something of that step could not be compared. */
    boolean isUncovered(int step) {
        return comparison.isUncovered(step);
    }

    /** What it says about the place that {@code asked} is about; {@code row} and {@code column} are of this right side. */
    At at(Difference asked, int row, int column) {
        Place place = asked.place();
        int step = place.step();
        if (step >= firstError || single.containsKey(new Spot(step, Aspect.CONTENT, -1, -1))) {
            return At.OTHER;
        }
        return switch (place.aspect()) {
            case VALUE -> value(asked, row, column);
            case ROW -> row(asked, row);
            case SHAPE -> shape(asked, column) ? At.OTHER : At.SAME;
            case ERROR, STATUS, TAG, ORDER, CONTENT ->
                single.containsKey(new Spot(step, place.aspect(), -1, -1)) ? At.OTHER : At.SAME;
        };
    }

    private At value(Difference asked, int row, int column) {
        int step = asked.place().step();
        boolean there = sameThing(asked, row, column) != null
                || single.containsKey(new Spot(step, Aspect.ROW, row, -1))
                || single.containsKey(new Spot(step, Aspect.SHAPE, -1, column));
        if (there) {
            return At.OTHER;
        }
        boolean may = summed.contains(new Spot(step, Aspect.VALUE, -1, column))
                || summed.contains(new Spot(step, Aspect.ROW, -1, -1))
                || asked.count() > 1 && hasColumn(step, column);
        return may ? At.UNKNOWN : At.SAME;
    }

    private At row(Difference asked, int row) {
        int step = asked.place().step();
        if (single.containsKey(new Spot(step, Aspect.ROW, row, -1))) {
            return At.OTHER;
        }
        boolean may = summed.contains(new Spot(step, Aspect.ROW, -1, -1))
                || asked.count() > 1
                        && single.keySet().stream()
                                .anyMatch(spot -> spot.step() == step && spot.aspect() == Aspect.ROW);
        return may ? At.UNKNOWN : At.SAME;
    }

    private boolean hasColumn(int step, int column) {
        return single.keySet().stream()
                .anyMatch(spot -> spot.step() == step
                        && (spot.aspect() == Aspect.VALUE && spot.column() == column || spot.aspect() == Aspect.ROW));
    }

    /** A column that both comparisons know is the same one by its number, whatever it is called on a side. */
    private boolean shape(Difference asked, int column) {
        return comparison.differences().stream()
                .anyMatch(other -> other.place().aspect() == Aspect.SHAPE
                        && other.place().step() == asked.place().step()
                        && (column >= 0
                                ? other.place().rightColumn() == column
                                : other.path().equals(asked.path())));
    }

    /** The difference of the same value, or of the same place within it; null where it found none. */
    @Nullable Difference sameThing(Difference asked, int row, int column) {
        Spot spot = new Spot(asked.place().step(), Aspect.VALUE, row, column);
        for (Difference other : single.getOrDefault(spot, List.of())) {
            if (contains(other.inside(), asked.inside()) || contains(asked.inside(), other.inside())) {
                return other;
            }
        }
        return null;
    }

    /** Whether a path is the other one or around it: two members of one document are two things. */
    private static boolean contains(String outer, String inner) {
        return inner.startsWith(outer)
                && (inner.length() == outer.length()
                        || inner.charAt(outer.length()) == '.'
                        || inner.charAt(outer.length()) == '[');
    }
}
