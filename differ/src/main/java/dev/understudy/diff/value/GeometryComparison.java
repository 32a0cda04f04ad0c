package dev.understudy.diff.value;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.pgwire.value.Value;
import dev.understudy.pgwire.value.Value.Geometry.Shape;
import java.util.List;

/** Geometric values: number by number, as floats. */
final class GeometryComparison {
    private GeometryComparison() {}

    static List<ValueChange> changes(Value.Geometry before, Value.Geometry after, ValueRules rules) {
        if (before.shape() != after.shape()) {
            return text(name(before.shape()) + " → " + name(after.shape()));
        }
        List<Double> a = before.numbers();
        List<Double> b = after.numbers();
        if (a.size() != b.size()) {
            return text(b.size() < a.size() ? "fewer points" : "more points");
        }
        ChangeList changes = new ChangeList();
        for (int i = 0; i < a.size() && !changes.isFull(); i++) {
            Value x = new Value.FloatingPoint(a.get(i));
            Value y = new Value.FloatingPoint(b.get(i));
            for (ValueChange change : ValueComparison.changes(x, y, rules)) {
                changes.add(change.within(path(before.shape(), i, "[*]"), path(before.shape(), i, "[" + i / 2 + "]")));
            }
        }
        return changes.all();
    }

    private static String path(Shape shape, int i, String point) {
        String coordinate = i % 2 == 0 ? ".x" : ".y";
        return switch (shape) {
            case POINT -> coordinate;
            case LINE -> "." + "ABC".charAt(i);
            case CIRCLE -> i == 2 ? ".radius" : ".center" + coordinate;
            case LSEG, BOX, OPEN_PATH, CLOSED_PATH, POLYGON -> point + coordinate;
        };
    }

    private static String name(Shape shape) {
        return shape.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static List<ValueChange> text(String transition) {
        return List.of(new ValueChange(DifferenceClass.VALUE_TEXT, transition));
    }
}
