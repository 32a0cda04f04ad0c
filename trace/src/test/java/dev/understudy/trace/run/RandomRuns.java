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
                v.list(RandomRuns::answer));
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
                v.list(RandomRuns::arm));
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
