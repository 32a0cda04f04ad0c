package dev.understudy.trace.run;

import dev.understudy.trace.Values;
import dev.understudy.trace.catalog.RandomCatalogs;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.RandomEntries;
import java.util.EnumMap;
import java.util.Map;

/** Random outcomes and control entries. */
final class RandomRuns {
    private RandomRuns() {}

    static Outcome outcome(Values v) {
        return new Outcome(
                new ExchangeId(v.any(), v.any()),
                v.any(),
                v.text(),
                v.text(),
                v.oneOf(Disposition.values()),
                v.text(),
                v.subset(ExchangeFlag.values()),
                v.status(),
                v.status(),
                v.any(),
                v.any(),
                v.any(),
                v.coin(),
                v.list(RandomRuns::known),
                v.bytes(),
                v.bytes(),
                v.list(RandomEntries::omission),
                v.list(RandomRuns::answer),
                v.list(RandomRuns::twin));
    }

    private static GeneratedTwin twin(Values v) {
        return new GeneratedTwin(v.oneOf(Arm.values()), v.natural(), v.natural(), v.text(), v.text());
    }

    static RunStart start(Values v) {
        return new RunStart(
                v.text(),
                v.text(),
                v.text(),
                v.text(),
                v.text(),
                v.any(),
                v.natural(),
                v.coin() ? RandomCatalogs.catalog(v) : null,
                v.list(RandomRuns::arm));
    }

    static RunEnd end(Values v) {
        Map<Disposition, Long> dispositions = new EnumMap<>(Disposition.class);
        v.subset(Disposition.values()).forEach(each -> dispositions.put(each, v.any()));
        return new RunEnd(
                v.text(),
                v.any(),
                v.coin(),
                v.any(),
                dispositions,
                v.list(Values::any),
                v.map(Values::text),
                v.any(),
                v.any(),
                v.any(),
                v.list(RandomRuns::arm),
                v.coin() ? new LagSummary(v.any(), v.any(), v.any(), v.any(), v.any()) : null);
    }

    static StateComparison state(Values v) {
        return new StateComparison(v.text(), v.oneOf(StateComparison.Moment.values()), v.list(RandomRuns::table));
    }

    static ViewOrigins views(Values v) {
        return new ViewOrigins(
                v.text(),
                v.oneOf(Arm.values()),
                v.list(x -> new ViewOrigins.ViewColumn(x.anyInt(), x.natural(), x.anyInt(), x.natural())));
    }

    private static TableComparison table(Values v) {
        return new TableComparison(
                v.text(),
                v.text(),
                v.oneOf(TableComparison.Method.values()),
                v.list(Values::text),
                v.any(),
                v.any(),
                v.natural(),
                v.natural(),
                v.natural(),
                v.list(RandomRuns::cell),
                v.list(x -> new TableComparison.RowSample(x.coin(), x.text())),
                v.list(Values::text),
                v.text(),
                v.any());
    }

    private static TableComparison.CellDifference cell(Values v) {
        return new TableComparison.CellDifference(
                v.text(),
                v.text(),
                v.text(),
                v.text(),
                v.natural(),
                v.list(x -> new TableComparison.CellSample(x.text(), x.text(), x.text())),
                v.list(x -> new TableComparison.MomentPair(x.any(), x.any(), x.coin(), 1 + x.below(1_000))));
    }

    private static KnownStatement known(Values v) {
        return new KnownStatement(
                v.oneOf(Arm.values()),
                v.text(),
                v.textOrNull(),
                v.text(),
                v.numbers(),
                v.bytesOrNull(),
                v.bytesOrNull());
    }

    private static ArmAnswer answer(Values v) {
        return new ArmAnswer(v.oneOf(Arm.values()), v.coin(), v.bytes(), v.any(), v.any(), v.any(), v.coin());
    }

    private static ArmState arm(Values v) {
        return new ArmState(
                v.oneOf(Arm.values()),
                v.text(),
                RandomCatalogs.catalog(v),
                v.list(x -> new TableState(x.text(), x.any(), x.text(), x.text())));
    }
}
