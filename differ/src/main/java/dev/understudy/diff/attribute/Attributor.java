package dev.understudy.diff.attribute;

import dev.understudy.diff.attribute.Findings.At;
import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Place;
import dev.understudy.diff.difference.DifferenceClass;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The total function from three answers to whose fault a difference is. Two sides <i>agree</i> about a place where they
 * have the same there, or where their values show a cause other than the migration:
 *
 * <pre>
 *   control and candidate   production and control   production and candidate
 *   agree by their values   any                      any                        explained
 *   do not                  agree                    any                        migration
 *   do not                  do not                   agree                      nondeterministic
 *   do not                  do not                   do not                     unexplained
 *   do not                  not known                any                        unexplained
 * </pre>
 *
 * An explanation that the statement does not prove holds only where production and control have not the same, since a
 * time that two sides share to the microsecond is no clock's. Where it cannot be told what the candidate should have
 * answered, nothing is blamed on the migration. The control's answer is the left side of what is judged, the candidate's
 * the right.
 */
final class Attributor {
    private final Findings toControl;
    private final Findings toCandidate;

    /**
     * An attributor of one exchange.
     *
     * @param toControl recording (left) against control (right)
     * @param toCandidate recording (left) against candidate (right)
     */
    Attributor(Findings toControl, Findings toCandidate) {
        this.toControl = toControl;
        this.toCandidate = toCandidate;
    }

    /**
     * The attribution of a difference between control and candidate.
     *
     * @param explanation what explains the two values
     * @param productionAndControl whether values explain a difference between recording and control
     * @param productionAndCandidate whether values explain one between recording and candidate
     */
    Attribution of(
            Difference difference,
            Explanation explanation,
            Predicate<Difference> productionAndControl,
            Predicate<Difference> productionAndCandidate) {
        Attribution explained = explanation.attribution();
        if (explained != null && explanation.proven()) {
            return explained;
        }
        int step = difference.place().step();
        if (toControl.isUncovered(step) || toCandidate.isUncovered(step)) {
            return withoutControl(difference, explanation);
        }
        Attribution attribution = difference.place().aspect() == Aspect.ROW
                ? oneSidedRow(difference)
                : threeSides(difference, explained, productionAndControl, productionAndCandidate);
        return attribution == Attribution.MIGRATION && explanation.undecidable()
                ? Attribution.UNEXPLAINED
                : attribution;
    }

    private Attribution threeSides(
            Difference difference,
            @Nullable Attribution explained,
            Predicate<Difference> productionAndControl,
            Predicate<Difference> productionAndCandidate) {
        Place place = difference.place();
        At control = toControl.at(difference, place.leftRow(), place.leftColumn());
        if (control == At.SAME) {
            return Attribution.MIGRATION;
        }
        if (explained != null) {
            return explained;
        }
        if (control == At.UNKNOWN) {
            return Attribution.UNEXPLAINED;
        }
        if (agree(toControl.sameThing(difference, place.leftRow(), place.leftColumn()), productionAndControl)) {
            return Attribution.MIGRATION;
        }
        At candidate = toCandidate.at(difference, place.rightRow(), place.rightColumn());
        boolean chance = candidate == At.SAME
                || agree(
                        toCandidate.sameThing(difference, place.rightRow(), place.rightColumn()),
                        productionAndCandidate);
        return chance ? Attribution.NONDETERMINISTIC : Attribution.UNEXPLAINED;
    }

    private static boolean agree(@Nullable Difference difference, Predicate<Difference> explained) {
        return difference != null && explained.test(difference);
    }

    /** A row that one arm has: production had it too, or it had not; there is no third way. */
    private Attribution oneSidedRow(Difference difference) {
        Place place = difference.place();
        boolean onControl = place.leftRow() >= 0;
        At recorded = onControl
                ? toControl.at(difference, place.leftRow(), -1)
                : toCandidate.at(difference, place.rightRow(), -1);
        if (recorded == At.UNKNOWN) {
            return Attribution.UNEXPLAINED;
        }
        return recorded == At.SAME == onControl ? Attribution.MIGRATION : Attribution.NONDETERMINISTIC;
    }

    /**
     * The attribution of a difference between recording and candidate where there is no control.
     *
     * @param difference one of so many times that they are counted together may hold clocks among them
     */
    static Attribution withoutControl(Difference difference, Explanation explanation) {
        boolean times = difference.type() == DifferenceClass.VALUE_TIMESTAMP_SHIFT
                || difference.type() == DifferenceClass.VALUE_TIMESTAMP_PRECISION;
        if (times && difference.count() > 1) {
            return Attribution.UNEXPLAINED;
        }
        if (explanation.attribution() != null) {
            return explanation.attribution();
        }
        return explanation.undecidable() ? Attribution.UNEXPLAINED : Attribution.MIGRATION_WITHOUT_CONTROL;
    }
}
