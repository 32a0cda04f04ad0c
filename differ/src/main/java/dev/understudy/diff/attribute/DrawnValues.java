package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.pgwire.value.Value;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether two values can come from one function that draws, each time another: being drawn is no excuse for any value. */
final class DrawnValues {
    private static final String RANDOM = "random ( )";

    private DrawnValues() {}

    /**
     * Whether nothing speaks against it: UUIDs are of one version (chapter 9.14), and {@code random()} alone is at least 0 and
     * below 1 (chapter 9.3).
     *
     * @param item the column's expression, null where it is not known
     */
    static boolean canBeOfOne(Difference difference, @Nullable SelectItem item) {
        Value a = difference.left();
        Value b = difference.right();
        if (a instanceof Value.Uuid x && b instanceof Value.Uuid y) {
            return sameKind(x.value(), y.value());
        }
        boolean bare = item != null && item.text().equals(RANDOM);
        return !bare
                || !(a instanceof Value.FloatingPoint x)
                || !(b instanceof Value.FloatingPoint y)
                || isShare(x) == isShare(y);
    }

    /** Whether one function may have drawn both, as far as their form tells. */
    static boolean sameKind(UUID a, UUID b) {
        return a.version() == b.version() && a.variant() == b.variant();
    }

    private static boolean isShare(Value.FloatingPoint number) {
        return number.value() >= 0 && number.value() < 1;
    }
}
