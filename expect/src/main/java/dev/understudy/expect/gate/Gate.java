package dev.understudy.expect.gate;

import dev.understudy.expect.Verdict;

/**
 * A stop rule: trips when {@code metric comparator limit}.
 *
 * @param metric what it looks at
 * @param comparator on which side of the limit it trips
 * @param limit in the metric's unit; a share is 0 to 1
 * @param effect the verdict where it trips: NO_GO or INCONCLUSIVE
 * @param tripped a sentence for people where it trips
 * @param held a sentence for people where it holds
 */
public record Gate(Metric metric, Comparator comparator, double limit, Verdict effect, String tripped, String held) {
    /** Checks the effect and the limit. */
    public Gate {
        if (effect == Verdict.GO) {
            throw new IllegalArgumentException("gate=" + metric.label() + ": expected effect NO-GO or INCONCLUSIVE");
        }
        if (Double.isNaN(limit)) {
            throw new IllegalArgumentException("gate=" + metric.label() + ": expected a limit, found NaN");
        }
    }

    /** The condition that must hold, for people: {@code ≥ 95 %}, {@code 0}. */
    public String requirement() {
        if (limit == 0 && comparator == Comparator.ABOVE && metric.unit() == Unit.COUNT) {
            return "0";
        }
        return comparator.holdingSign() + " " + metric.unit().format(limit);
    }
}
