package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arrays: element by element where they have one shape. */
final class ArrayComparison {
    private static final String ELEMENT = "[*]";

    private ArrayComparison() {}

    static List<ValueChange> changes(Value.Array before, Value.Array after, ValueRules rules) {
        List<Value> a = before.elements();
        List<Value> b = after.elements();
        if (a.size() != b.size()) {
            return List.of(new ValueChange(
                    DifferenceClass.VALUE_TEXT, ELEMENT, b.size() < a.size() ? "fewer elements" : "more elements"));
        }
        ChangeList changes = new ChangeList();
        for (int i = 0; i < a.size() && !changes.isFull(); i++) {
            for (ValueChange change : ValueComparison.changes(a.get(i), b.get(i), rules)) {
                changes.add(change.within(ELEMENT, index(before, i)));
            }
        }
        if (!changes.isEmpty() && sameElements(a, b)) {
            return List.of(new ValueChange(DifferenceClass.VALUE_ARRAY_ORDER, "same elements"));
        }
        if (changes.isEmpty() && !sameShape(before, after)) {
            return List.of(new ValueChange(DifferenceClass.VALUE_TEXT, ELEMENT, "bounds"));
        }
        return changes.all();
    }

    /** The subscripts of an element, as SQL writes them. */
    private static String index(Value.Array array, int element) {
        StringBuilder index = new StringBuilder();
        int rest = element;
        for (int i = array.dimensions().size() - 1; i >= 0; i--) {
            int length = array.dimensions().get(i);
            index.insert(0, "[" + (array.lowerBounds().get(i) + rest % length) + "]");
            rest /= length;
        }
        return index.toString();
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
