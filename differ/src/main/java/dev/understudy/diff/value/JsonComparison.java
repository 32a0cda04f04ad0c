package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** JSON documents: member by member; numbers by value; the order of members and white space are format. */
final class JsonComparison {
    private final ChangeList changes = new ChangeList();
    private boolean otherOrder;
    private boolean otherNumbers;

    private JsonComparison() {}

    static List<ValueChange> changes(String before, String after, ValueRules.Json rules) {
        JsonTree a = JsonTree.parse(before);
        JsonTree b = JsonTree.parse(after);
        if (a == null || b == null) {
            ValueChange change = TextComparison.change(before, after);
            return change == null ? List.of() : List.of(change);
        }
        JsonComparison comparison = new JsonComparison();
        comparison.compare("$", "$", a, b);
        return comparison.changes.isEmpty() ? comparison.form(rules) : comparison.changes.all();
    }

    /** What the texts differ in where the documents are the same. */
    private List<ValueChange> form(ValueRules.Json rules) {
        String form = "";
        if (otherOrder && !rules.keyOrder()) {
            form = "order of members";
        } else if (otherNumbers && !rules.numberForm()) {
            form = "form of numbers";
        } else if (!otherOrder && !otherNumbers && !rules.keyOrder()) {
            form = "white space or escapes";
        }
        return form.isEmpty() ? List.of() : List.of(new ValueChange(DifferenceClass.VALUE_JSON_FORMAT_ONLY, form));
    }

    private void compare(String path, String at, JsonTree before, JsonTree after) {
        if (changes.isFull()) {
            return;
        }
        if (before instanceof JsonTree.Members a && after instanceof JsonTree.Members b) {
            objects(path, at, a, b);
        } else if (before instanceof JsonTree.Elements a && after instanceof JsonTree.Elements b) {
            arrays(path, at, a.elements(), b.elements());
        } else if (before instanceof JsonTree.Number a && after instanceof JsonTree.Number b) {
            numbers(path, at, a.written(), b.written());
        } else if (before instanceof JsonTree.Text a && after instanceof JsonTree.Text b) {
            ValueChange change = TextComparison.change(a.value(), b.value());
            if (change != null) {
                add(path, at, change.transition());
            }
        } else if (!before.equals(after)) {
            add(path, at, before.label() + " → " + after.label());
        }
    }

    private void objects(String path, String at, JsonTree.Members before, JsonTree.Members after) {
        Map<String, List<JsonTree>> a = byKey(before);
        Map<String, List<JsonTree>> b = byKey(after);
        TreeSet<String> keys = new TreeSet<>(a.keySet());
        keys.addAll(b.keySet());
        for (String key : keys) {
            member(
                    path + JsonPath.member(key),
                    at + JsonPath.exactMember(key),
                    a.getOrDefault(key, List.of()),
                    b.getOrDefault(key, List.of()));
        }
        otherOrder |= a.keySet().equals(b.keySet()) && !List.copyOf(a.keySet()).equals(List.copyOf(b.keySet()));
    }

    /** A key may be repeated: most readers take the last one, and jsonb keeps no other. */
    private void member(String path, String at, List<JsonTree> before, List<JsonTree> after) {
        if (before.isEmpty()) {
            add(path, at, "member added");
        } else if (after.isEmpty()) {
            add(path, at, "member gone");
        } else if (before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path, at, before.get(i), after.get(i));
            }
        } else {
            compare(path, at, before.get(before.size() - 1), after.get(after.size() - 1));
            add(path, at, after.size() < before.size() ? "repeated key gone" : "key repeated");
        }
    }

    private static Map<String, List<JsonTree>> byKey(JsonTree.Members object) {
        Map<String, List<JsonTree>> byKey = new LinkedHashMap<>();
        for (JsonTree.Member member : object.members()) {
            byKey.computeIfAbsent(member.key(), key -> new ArrayList<>(1)).add(member.value());
        }
        return byKey;
    }

    private void arrays(String path, String at, List<JsonTree> before, List<JsonTree> after) {
        if (before.size() != after.size()) {
            add(path + "[*]", at + "[*]", after.size() < before.size() ? "fewer elements" : "more elements");
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            compare(path + "[*]", at + "[" + i + "]", before.get(i), after.get(i));
        }
    }

    private void numbers(String path, String at, String before, String after) {
        BigDecimal a = NumberComparison.parse(before);
        BigDecimal b = NumberComparison.parse(after);
        if (a == null || b == null) {
            if (!before.equals(after)) {
                add(path, at, "number");
            }
        } else if (a.compareTo(b) != 0) {
            add(path, at, NumberComparison.another(a, b).transition());
        } else {
            otherNumbers |= !before.equals(after);
        }
    }

    private void add(String path, String at, String transition) {
        changes.add(new ValueChange(DifferenceClass.VALUE_JSON_PATH, path, at, transition));
    }
}
