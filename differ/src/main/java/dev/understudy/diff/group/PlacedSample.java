package dev.understudy.diff.group;

import dev.understudy.trace.entry.ExchangeId;
import java.util.Comparator;

/** A sample with its place in the run; those of the first exchanges are kept. */
record PlacedSample(ExchangeId exchange, int step, int row, Sample sample) {
    static final Comparator<PlacedSample> FIRST = Comparator.<PlacedSample>comparingLong(
                    placed -> placed.exchange().session())
            .thenComparingLong(placed -> placed.exchange().ordinal())
            .thenComparingInt(PlacedSample::step)
            .thenComparingInt(PlacedSample::row)
            .thenComparing(placed -> placed.sample().before())
            .thenComparing(placed -> placed.sample().after())
            .thenComparing(placed -> placed.sample().row());

    static PlacedSample of(Occurrence at) {
        boolean object = at.exchange().session() == 0 && at.exchange().ordinal() == 0;
        String exchange = object ? "" : at.exchange().toString();
        return new PlacedSample(
                at.exchange(), at.step(), at.row(), new Sample(exchange, at.shownRow(), at.before(), at.after()));
    }
}
