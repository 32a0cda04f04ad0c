package dev.understudy.diff.compare;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.value.ColumnType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a result column's type changed.
 *
 * @param type widened, narrowed or changed
 * @param transition both types' names
 */
record TypeChange(DifferenceClass type, String transition) {
    /** Each type holds every value of those before it in its list. */
    private static final List<List<String>> CHAINS = List.of(
            List.of("int2", "int4", "int8", "numeric"),
            List.of("float4", "float8"),
            List.of("bpchar", "varchar", "text"),
            List.of("name", "varchar", "text"),
            List.of("date", "timestamp"));

    /** How the modifier limits a type: a larger one holds every value of a smaller one. */
    private static final Map<String, Integer> LENGTH_HEADER = Map.of("varchar", 4, "bpchar", 4);

    static @Nullable TypeChange between(Column left, Column right) {
        if (!left.typeKnown() || !right.typeKnown()) {
            return null;
        }
        ColumnType before = left.type();
        ColumnType after = right.type();
        String transition = name(left) + " → " + name(right);
        if (before.isSameAs(after)) {
            return modifiers(left, right, transition);
        }
        for (List<String> chain : CHAINS) {
            int from = chain.indexOf(before.name());
            int to = chain.indexOf(after.name());
            if (from >= 0 && to >= 0) {
                return new TypeChange(
                        from < to ? DifferenceClass.SHAPE_TYPE_WIDENED : DifferenceClass.SHAPE_TYPE_NARROWED,
                        transition);
            }
        }
        return new TypeChange(DifferenceClass.SHAPE_TYPE_CHANGED, transition);
    }

    private static @Nullable TypeChange modifiers(Column left, Column right, String transition) {
        int before = left.field().typeModifier();
        int after = right.field().typeModifier();
        if (before == after) {
            return null;
        }
        boolean holdsAll;
        boolean holdsLess;
        if (before < 0 || after < 0) {
            holdsAll = after < 0;
            holdsLess = before < 0;
        } else if (left.type().name().equals("numeric")) {
            int integers = integerDigits(after) - integerDigits(before);
            int fractions = fractionDigits(after) - fractionDigits(before);
            holdsAll = integers >= 0 && fractions >= 0;
            holdsLess = integers <= 0 && fractions <= 0;
        } else {
            holdsAll = after > before;
            holdsLess = after < before;
        }
        return new TypeChange(
                holdsAll
                        ? DifferenceClass.SHAPE_TYPE_WIDENED
                        : holdsLess ? DifferenceClass.SHAPE_TYPE_NARROWED : DifferenceClass.SHAPE_TYPE_CHANGED,
                transition);
    }

    /** The type's name with its modifier, as far as modifiers are understood. */
    static String name(Column column) {
        String name = column.type().name();
        int modifier = column.field().typeModifier();
        if (modifier < 0) {
            return name;
        }
        if (name.equals("numeric")) {
            return name + "(" + (integerDigits(modifier) + fractionDigits(modifier)) + "," + fractionDigits(modifier)
                    + ")";
        }
        return name + "(" + (modifier - LENGTH_HEADER.getOrDefault(name, 0)) + ")";
    }

    /** numeric's modifier: (precision << 16 | scale) + 4, the scale signed in 11 bits since version 15. */
    private static int fractionDigits(int modifier) {
        int scale = modifier - 4 & 0x7ff;
        return (scale ^ 1024) - 1024;
    }

    private static int integerDigits(int modifier) {
        return (modifier - 4 >> 16 & 0xffff) - fractionDigits(modifier);
    }
}
