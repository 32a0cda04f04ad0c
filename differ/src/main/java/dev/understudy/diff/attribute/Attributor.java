package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Place;
import org.jspecify.annotations.Nullable;

/**
 * The total function from three answers to whose fault it is. The control's answer is the left side of what is judged,
 * the candidate's the right; without a control, the recording is the left.
 */
final class Attributor {
    private Attributor() {}

    /**
     * The attribution of a difference between control and candidate.
     *
     * @param toControl recording (left) against control (right)
     * @param toCandidate recording (left) against candidate (right)
     * @param explanation what explains the two values, null if nothing does
     */
    static Attribution withControl(
            Difference difference, Comparison toControl, Comparison toCandidate, @Nullable Attribution explanation) {
        if (explanation == Attribution.VOLATILE || explanation == Attribution.TIE) {
            return explanation;
        }
        int step = difference.place().step();
        if (toControl.isUncovered(step) || toCandidate.isUncovered(step)) {
            return withoutControl(explanation);
        }
        Place place = difference.place();
        if (place.aspect() == Aspect.ROW) {
            return oneSidedRow(difference, toControl, toCandidate);
        }
        if (!touches(toControl, difference, place.leftRow(), place.leftColumn())) {
            return Attribution.MIGRATION;
        }
        if (!touches(toCandidate, difference, place.rightRow(), place.rightColumn())) {
            return Attribution.NONDETERMINISTIC;
        }
        return explanation == null ? Attribution.UNEXPLAINED : explanation;
    }

    /** The attribution of a difference between recording and candidate where there is no control. */
    static Attribution withoutControl(@Nullable Attribution explanation) {
        return explanation == null ? Attribution.MIGRATION_WITHOUT_CONTROL : explanation;
    }

    /** A row that one arm has: production had it too, or it had not; there is no third way. */
    private static Attribution oneSidedRow(Difference difference, Comparison toControl, Comparison toCandidate) {
        Place place = difference.place();
        boolean onControl = place.leftRow() >= 0;
        boolean recorded = onControl
                ? !touches(toControl, difference, place.leftRow(), -1)
                : !touches(toCandidate, difference, place.rightRow(), -1);
        return recorded == onControl ? Attribution.MIGRATION : Attribution.NONDETERMINISTIC;
    }

    /** Whether a comparison, whose right side is the one asked about, found something at that place. */
    static boolean touches(Comparison comparison, Difference asked, int row, int column) {
        Place place = asked.place();
        for (Difference other : comparison.differences()) {
            Place at = other.place();
            if (at.aspect() == Aspect.ERROR ? at.step() <= place.step() : at.step() == place.step()) {
                boolean touched = at.aspect() == Aspect.ERROR
                        || at.aspect() == Aspect.CONTENT
                        || concerns(other, asked, row, column);
                if (touched) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean concerns(Difference other, Difference asked, int row, int column) {
        Place at = other.place();
        return switch (asked.place().aspect()) {
            case VALUE ->
                switch (at.aspect()) {
                    case VALUE -> at.rightRow() == row && at.rightColumn() == column;
                    case ROW -> at.rightRow() == row;
                    case SHAPE -> column >= 0 && at.rightColumn() == column;
                    default -> false;
                };
            case ROW -> at.aspect() == Aspect.ROW && at.rightRow() == row;
            case SHAPE -> at.aspect() == Aspect.SHAPE && other.path().equals(asked.path());
            case ERROR, STATUS, TAG, ORDER, CONTENT ->
                at.aspect() == asked.place().aspect();
        };
    }
}
