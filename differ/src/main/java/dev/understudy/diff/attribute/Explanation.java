package dev.understudy.diff.attribute;

import org.jspecify.annotations.Nullable;

/**
 * What may explain a difference between two sides, by itself.
 *
 * @param attribution the explanation found, null for none
 * @param proven whether the statement or the catalog shows that the values come from there, so that the explanation
 *     holds whatever the third side has
 * @param undecidable whether nobody can tell what the right side should have been
 * @param claim what the run's timelines may still explain, null for none
 */
record Explanation(
        @Nullable Attribution attribution,
        boolean proven,
        boolean undecidable,
        @Nullable ClockClaim claim) {
    /** Nothing explains it. */
    static final Explanation NONE = new Explanation(null, false, false, null);

    static Explanation proven(Attribution attribution) {
        return new Explanation(attribution, true, false, null);
    }

    static Explanation byValue(Attribution attribution) {
        return new Explanation(attribution, false, false, null);
    }

    Explanation butUndecidable() {
        return new Explanation(attribution, proven, true, claim);
    }

    static Explanation open(@Nullable ClockClaim claim) {
        return claim == null ? NONE : new Explanation(null, false, false, claim);
    }
}
