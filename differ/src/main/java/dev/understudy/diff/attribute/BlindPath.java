package dev.understudy.diff.attribute;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * A path whose noise nothing explains: a fault of the migration may hide in it, up to a rate.
 *
 * @param counts who stood alone how often
 * @param comparisons of how many comparisons, at least as many as are counted
 */
public record BlindPath(OddCounts counts, long comparisons) {
    /** Of the two-sided interval of Clopper and Pearson (1934): 95 % confidence. */
    private static final double ERROR_RATE = 0.05;

    private static final double EVEN = 0.5;

    /** Raises the comparisons to what the counts need. */
    public BlindPath {
        long counted = counts.recordedAlone() + counts.controlAlone() + counts.candidateAlone() + counts.unexplained();
        comparisons = Math.max(1, Math.max(comparisons, counted));
    }

    /**
     * The smallest share of wrong values that the path could have shown, 0 to 1: the upper limit of the noise's own rate.
     * Noise is where the control stands alone, which the candidate does by chance as often, and where all three differ,
     * which hides a fault altogether.
     */
    public double smallestRate() {
        return interval(comparisons, counts.controlAlone() + counts.unexplained())
                .getUpperBound();
    }

    /** The share of comparisons in which nobody can tell who is right, 0 to 1. */
    public double share() {
        return (double) counts.unexplained() / comparisons;
    }

    /**
     * Whether the candidate stood alone so much more often than the control that chance does not do it: the arms are
     * alike but for the migration, so that noise makes either the odd one out with one probability.
     */
    public boolean showsTheCandidate() {
        long odd = counts.controlAlone() + counts.candidateAlone();
        return odd > 0 && interval(odd, counts.candidateAlone()).getLowerBound() > EVEN;
    }

    /** Counts beyond an int's range are scaled down together, which widens the interval. */
    private static org.apache.commons.statistics.interval.Interval interval(long trials, long successes) {
        long scale = trials / Integer.MAX_VALUE + 1;
        long scaled = successes == 0 ? 0 : Math.max(1, successes / scale);
        return BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(
                (int) (trials / scale), (int) Math.min(scaled, trials / scale), ERROR_RATE);
    }
}
