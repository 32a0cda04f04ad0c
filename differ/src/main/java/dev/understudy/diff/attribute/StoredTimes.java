package dev.understudy.diff.attribute;

import org.jspecify.annotations.Nullable;

/**
 * Times that may have been stored earlier in the run: whether clocks explain them is known when the timelines of the
 * whole run are.
 *
 * @param between the two times that differ
 * @param production production's and the control's time at that place, where those differ too; else null
 */
public record StoredTimes(ClockClaim between, @Nullable ClockClaim production) implements OpenClaim {
    @Override
    public Attribution settle(Attribution judged, RunEvidence run) {
        Timeline baselineToCandidate = run.baselineToCandidate();
        Timeline productionToControl = run.productionToControl();
        if (judged == Attribution.ENVIRONMENT) {
            return between.fits(productionToControl) ? Attribution.CLOCK : judged;
        }
        boolean clock = judged == Attribution.MIGRATION_WITHOUT_CONTROL
                ? between.fitsInEveryZone(baselineToCandidate)
                : between.fits(baselineToCandidate);
        if (clock) {
            return Attribution.CLOCK;
        }
        if (judged != Attribution.UNEXPLAINED) {
            return judged;
        }
        // Production's time and the control's are one exchange's clocks, the candidate's is not: it stands alone.
        return production != null && production.fits(productionToControl) ? Attribution.MIGRATION : judged;
    }
}
