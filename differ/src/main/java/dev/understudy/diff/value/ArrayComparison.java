package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arrays: element by element where they have one shape. */
final class ArrayComparison {
    /** Further differing elements of one array are not told apart. */
    private static final int MAX_CHANGES = 8;

    private ArrayComparison() {}

    static List<ValueChange> changes(Value.Array before, Value.Array after) {
        List<Value> a = before.elements();
        List<Value> b = after.elements();
        if (a.size() != b.size()) {
            return List.of(new ValueChange(
                    DifferenceClass.VALUE_TEXT, "[*]", b.size() < a.size() ? "fewer elements" : "more elements"));
        }
        List<ValueChange> changes = new ArrayList<>();
        for (int i = 0; i < a.size() && changes.size() < MAX_CHANGES; i++) {
            for (ValueChange change : ValueComparison.changes(a.get(i), b.get(i))) {
                ValueChange inside = change.within("[*]");
                if (!changes.contains(inside)) {
                    changes.add(inside);
                }
            }
        }
        if (!changes.isEmpty() && sameElements(a, b)) {
            return List.of(new ValueChange(DifferenceClass.VALUE_ARRAY_ORDER, "same elements"));
        }
        if (changes.isEmpty() && !sameShape(before, after)) {
            return List.of(new ValueChange(DifferenceClass.VALUE_TEXT, "[*]", "bounds"));
        }
        return changes;
    }

    private static boolean sameShape(Value.Array before, Value.Array after) {
        return before.dimensions().equals(after.dimensions())
                && before.lowerBounds().equals(after.lowerBounds());
    }

    private static boolean sameElements(List<Value> before, List<Value> after) {
        Map<String, Integer> counts = new HashMap<>();
        before.forEach(element -> counts.merge(key(element), 1, Integer::sum));
        after.forEach(element -> counts.merge(key(element), -1, Integer::sum));
        return counts.values().stream().allMatch(count -> count == 0);
    }

    private static String key(Value element) {
        return element instanceof Value.Null ? "NULL" : "=" + ValueReader.identity(element);
    }
}
