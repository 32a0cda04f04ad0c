package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values that are built of others: part by part. */
final class StructureComparison {
    private StructureComparison() {}

    /** What differs; null where these are not two values of one such kind. */
    static @Nullable List<ValueChange> changes(Value before, Value after, ValueRules rules) {
        if (before instanceof Value.Json a && after instanceof Value.Json b) {
            return JsonComparison.changes(a.text(), b.text(), rules.json());
        } else if (before instanceof Value.Array a && after instanceof Value.Array b) {
            return ArrayComparison.changes(a, b, rules);
        } else if (before instanceof Value.Range a && after instanceof Value.Range b) {
            return range(a, b, rules);
        } else if (before instanceof Value.Multirange a && after instanceof Value.Multirange b) {
            return multirange(a, b, rules);
        } else if (before instanceof Value.Composite a && after instanceof Value.Composite b) {
            return composite(a, b, rules);
        } else if (before instanceof Value.Hstore a && after instanceof Value.Hstore b) {
            return hstore(a, b, rules);
        } else if (before instanceof Value.TsVector a && after instanceof Value.TsVector b) {
            return vector(a, b);
        } else if (before instanceof Value.Geometry a && after instanceof Value.Geometry b) {
            return GeometryComparison.changes(a, b, rules);
        }
        return null;
    }

    private static List<ValueChange> range(Value.Range before, Value.Range after, ValueRules rules) {
        if (before.empty() || after.empty()) {
            return text(before.empty() ? "empty → range" : "range → empty");
        }
        ChangeList changes = new ChangeList();
        bound(changes, ".lower", before.lower(), after.lower(), rules);
        bound(changes, ".upper", before.upper(), after.upper(), rules);
        if (changes.isEmpty()) {
            inclusion(changes, ".lower", before.lowerInclusive(), after.lowerInclusive());
            inclusion(changes, ".upper", before.upperInclusive(), after.upperInclusive());
        }
        return changes.all();
    }

    private static void bound(
            ChangeList changes, String path, @Nullable Value before, @Nullable Value after, ValueRules rules) {
        if (before == null || after == null) {
            if (before != after) {
                changes.add(new ValueChange(
                        DifferenceClass.VALUE_TEXT, path, before == null ? "unbounded → bound" : "bound → unbounded"));
            }
            return;
        }
        ValueComparison.changes(before, after, rules).forEach(change -> changes.add(change.within(path)));
    }

    private static void inclusion(ChangeList changes, String path, boolean before, boolean after) {
        if (before != after) {
            changes.add(new ValueChange(
                    DifferenceClass.VALUE_TEXT, path, before ? "included → excluded" : "excluded → included"));
        }
    }

    private static List<ValueChange> multirange(Value.Multirange before, Value.Multirange after, ValueRules rules) {
        List<Value.Range> a = before.ranges();
        List<Value.Range> b = after.ranges();
        if (a.size() != b.size()) {
            return List.of(new ValueChange(
                    DifferenceClass.VALUE_TEXT, "[*]", b.size() < a.size() ? "fewer ranges" : "more ranges"));
        }
        ChangeList changes = new ChangeList();
        for (int i = 0; i < a.size() && !changes.isFull(); i++) {
            for (ValueChange change : ValueComparison.changes(a.get(i), b.get(i), rules)) {
                changes.add(change.within("[*]", "[" + (i + 1) + "]"));
            }
        }
        return changes.all();
    }

    private static List<ValueChange> composite(Value.Composite before, Value.Composite after, ValueRules rules) {
        List<Value> a = before.values();
        List<Value> b = after.values();
        if (a.size() != b.size()) {
            return text(b.size() < a.size() ? "fewer members" : "more members");
        }
        ChangeList changes = new ChangeList();
        for (int i = 0; i < a.size() && !changes.isFull(); i++) {
            String member = "."
                    + (before.names().isEmpty() ? "f" + (i + 1) : before.names().get(i));
            for (ValueChange change : ValueComparison.changes(a.get(i), b.get(i), rules)) {
                changes.add(change.within(member));
            }
        }
        return changes.all();
    }

    private static List<ValueChange> hstore(Value.Hstore before, Value.Hstore after, ValueRules rules) {
        ChangeList changes = new ChangeList();
        TreeSet<String> keys = new TreeSet<>(before.pairs().keySet());
        keys.addAll(after.pairs().keySet());
        for (String key : keys) {
            Value a = before.pairs().get(key);
            Value b = after.pairs().get(key);
            if (a == null || b == null) {
                changes.add(new ValueChange(
                        DifferenceClass.VALUE_TEXT,
                        JsonPath.member(key),
                        JsonPath.exactMember(key),
                        a == null ? "key added" : "key gone"));
            } else {
                ValueComparison.changes(a, b, rules)
                        .forEach(change -> changes.add(change.within(JsonPath.member(key), JsonPath.exactMember(key))));
            }
        }
        return changes.all();
    }

    private static List<ValueChange> vector(Value.TsVector before, Value.TsVector after) {
        Set<String> a = words(before);
        Set<String> b = words(after);
        boolean gone = !b.containsAll(a);
        boolean added = !a.containsAll(b);
        return text(gone ? added ? "other lexemes" : "lexemes gone" : added ? "lexemes added" : "positions");
    }

    private static Set<String> words(Value.TsVector vector) {
        return vector.lexemes().stream().map(Value.TsVector.Lexeme::word).collect(Collectors.toSet());
    }

    private static List<ValueChange> text(String transition) {
        return List.of(new ValueChange(DifferenceClass.VALUE_TEXT, transition));
    }
}
