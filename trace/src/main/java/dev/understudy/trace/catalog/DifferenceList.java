package dev.understudy.trace.catalog;

import dev.understudy.trace.catalog.CatalogDifference.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects differences, and finds the two sides of what has the same name. */
final class DifferenceList {
    private final List<CatalogDifference> differences = new ArrayList<>();

    /** What to do with something that has the same name on both sides; one of them may be missing. */
    interface Pair<T> {
        void compare(String name, @Nullable T baseline, @Nullable T candidate);
    }

    void add(Kind kind, String object, @Nullable String baseline, @Nullable String candidate) {
        differences.add(new CatalogDifference(kind, object, baseline, candidate));
    }

    /** Adds a difference unless both sides are equal. */
    void compare(Kind kind, String object, @Nullable Object baseline, @Nullable Object candidate) {
        if (!Objects.equals(baseline, candidate)) {
            add(kind, object, text(baseline), text(candidate));
        }
    }

    /** Adds what is on one side only; whether it is on both. */
    boolean isOnBoth(String object, String what, @Nullable Object baseline, @Nullable Object candidate) {
        if (baseline == null) {
            add(Kind.OBJECT_EXTRA, object, null, what);
        } else if (candidate == null) {
            add(Kind.OBJECT_MISSING, object, what, null);
        }
        return baseline != null && candidate != null;
    }

    static <T> void match(List<T> baseline, List<T> candidate, Function<T, String> name, Pair<T> pair) {
        Map<String, T> left = byName(baseline, name);
        Map<String, T> right = byName(candidate, name);
        TreeSet<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String each : names) {
            pair.compare(each, left.get(each), right.get(each));
        }
    }

    void compareMaps(Kind kind, Map<String, String> baseline, Map<String, String> candidate) {
        TreeSet<String> names = new TreeSet<>(baseline.keySet());
        names.addAll(candidate.keySet());
        for (String name : names) {
            compare(kind, name, baseline.get(name), candidate.get(name));
        }
    }

    /** Ordered by object, then kind, so that equal catalogs give equal lists. */
    List<CatalogDifference> sorted() {
        return differences.stream()
                .sorted(Comparator.comparing(CatalogDifference::object).thenComparing(CatalogDifference::kind))
                .toList();
    }

    private static <T> Map<String, T> byName(List<T> list, Function<T, String> name) {
        Map<String, T> byName = new HashMap<>();
        list.forEach(each -> byName.put(name.apply(each), each));
        return byName;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
