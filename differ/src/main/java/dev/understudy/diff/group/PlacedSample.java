package dev.understudy.diff.group;

import dev.understudy.diff.group.GroupState.KeptSample;
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
        return of(at.exchange(), at.step(), at.row(), at.shownRow(), at.before(), at.after());
    }

    static PlacedSample of(KeptSample kept) {
        ExchangeId exchange = new ExchangeId(kept.session(), kept.ordinal());
        return of(exchange, kept.step(), kept.row(), kept.shownRow(), kept.before(), kept.after());
    }

    private static PlacedSample of(
            ExchangeId exchange, int step, int row, String shownRow, String before, String after) {
        boolean object = exchange.session() == 0 && exchange.ordinal() == 0;
        return new PlacedSample(
                exchange, step, row, new Sample(object ? "" : exchange.toString(), shownRow, before, after));
    }

    KeptSample kept() {
        return new KeptSample(
                exchange.session(), exchange.ordinal(), step, row, sample.row(), sample.before(), sample.after());
    }
}
