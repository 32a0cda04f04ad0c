package dev.understudy.replay.generated;

import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where one arm's sequences stand when a replay begins. Immutable. */
public final class SequenceStarts {
    private final Map<String, Long> next = new HashMap<>();

    private SequenceStarts() {}

    /** As a catalog tells. */
    public static SequenceStarts of(Catalog catalog) {
        SequenceStarts starts = new SequenceStarts();
        catalog.sequences().forEach(sequence -> starts.next.put(sequence.qualifiedName(), next(sequence)));
        return starts;
    }

    /** What a sequence gives out next. */
    static long next(Catalog.Sequence sequence) {
        return sequence.called() ? sequence.lastValue() + sequence.increment() : sequence.lastValue();
    }

    /** The same of the arm's sequence that has this name; null if there is none. */
    @Nullable Long next(String sequence) {
        return next.get(sequence);
    }
}
