package dev.understudy.trace.entry;

import dev.understudy.trace.Values;
import dev.understudy.trace.catalog.RandomCatalogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Random entries: every field takes every value that the format must carry. */
public final class RandomEntries {
    /** One maker for each kind, in the order of their codes. */
    public static final List<Function<Values, Entry>> KINDS = List.of(
            RandomEntries::exchange,
            RandomEntries::begun,
            RandomEntries::done,
            RandomEntries::part,
            RandomEntries::sessionStart,
            RandomEntries::sessionEnd,
            RandomEntries::sessionSnapshot,
            RandomEntries::async,
            RandomEntries::cancel,
            RandomEntries::gap,
            RandomEntries::skip,
            RandomEntries::cut,
            RandomEntries::heartbeat,
            RandomEntries::catalog);

    private RandomEntries() {}

    public static Entry any(Values values) {
        return KINDS.get(values.below(KINDS.size())).apply(values);
    }

    public static List<Entry> list(long seed, int atMost) {
        Values values = new Values(new Random(seed));
        List<Entry> entries = new ArrayList<>();
        for (int i = values.below(atMost + 1); i > 0; i--) {
            entries.add(any(values));
        }
        return entries;
    }

    public static Exchange exchange(Values v) {
        return new Exchange(
                v.any(),
                id(v),
                v.any(),
                v.status(),
                v.subset(ExchangeFlag.values()),
                segments(v, 1),
                v.bytes(),
                v.natural(),
                answer(v));
    }

    public static Begun begun(Values v) {
        return new Begun(v.any(), id(v), v.status(), segments(v, 1), v.bytes(), v.natural());
    }

    public static Done done(Values v) {
        return new Done(
                v.any(),
                id(v),
                v.any(),
                v.subset(ExchangeFlag.values()),
                segments(v, 0),
                v.bytes(),
                v.natural(),
                answer(v));
    }

    public static Part part(Values v) {
        return new Part(v.any(), id(v), v.oneOf(Part.Of.values()), v.natural(), v.bytes());
    }

    public static SessionStart sessionStart(Values v) {
        return new SessionStart(
                v.any(),
                v.any(),
                v.any(),
                v.any(),
                v.any(),
                v.anyInt(),
                v.text(),
                v.text(),
                v.text(),
                v.text(),
                v.anyInt(),
                v.map(Values::text),
                v.map(Values::text));
    }

    public static SessionEnd sessionEnd(Values v) {
        return new SessionEnd(
                v.any(), v.any(), v.any(), v.any(), v.any(), v.oneOf(SessionEnd.Reason.values()), v.any());
    }

    public static SessionSnapshot sessionSnapshot(Values v) {
        return new SessionSnapshot(
                v.any(),
                v.any(),
                v.any(),
                v.coin(),
                v.status(),
                v.map(Values::text),
                v.map(Values::bytes),
                v.list(Values::bytes));
    }

    public static Async async(Values v) {
        return new Async(v.any(), v.any(), v.any(), v.bytes());
    }

    public static Cancel cancel(Values v) {
        return new Cancel(v.any(), v.any(), v.anyInt(), v.any(), v.any(), v.any());
    }

    public static Gap gap(Values v) {
        return new Gap(
                v.any(),
                v.any(),
                v.oneOf(Gap.Reason.values()),
                v.list(RandomEntries::range),
                v.any(),
                v.any(),
                v.oneOf(Access.values()),
                v.coin());
    }

    public static Skip skip(Values v) {
        return new Skip(
                v.any(),
                v.any(),
                v.oneOf(Skip.Policy.values()),
                v.list(RandomEntries::range),
                v.any(),
                v.any(),
                v.oneOf(Access.values()));
    }

    public static Cut cut(Values v) {
        return new Cut(
                v.any(),
                v.text(),
                v.text(),
                v.text(),
                v.text(),
                v.text(),
                v.text(),
                v.any(),
                v.list(RandomCatalogs::sequence),
                v.texts(),
                v.list(RandomEntries::id));
    }

    public static Heartbeat heartbeat(Values v) {
        return new Heartbeat(v.any(), v.any(), v.any(), v.any(), v.any(), v.any(), v.any(), v.any(), v.coin());
    }

    public static CatalogEntry catalog(Values v) {
        return new CatalogEntry(v.any(), RandomCatalogs.catalog(v));
    }

    public static Omission omission(Values v) {
        return new Omission(v.natural(), v.any(), v.any(), v.any(), v.bytes(), v.bytes());
    }

    private static ExchangeId id(Values v) {
        return new ExchangeId(v.any(), v.any());
    }

    private static NumberRange range(Values v) {
        long a = v.any();
        long b = v.any();
        return new NumberRange(Math.min(a, b), Math.max(a, b));
    }

    private static List<Segment> segments(Values v, int atLeast) {
        List<Segment> segments = new ArrayList<>();
        for (int i = atLeast + v.below(3); i > 0; i--) {
            segments.add(new Segment(v.natural(), v.any(), v.any(), v.any()));
        }
        return segments;
    }

    private static Answer answer(Values v) {
        return new Answer(
                v.bytes(), v.natural(), v.list(RandomEntries::omission), v.texts(), v.status(), v.any(), v.any());
    }
}
