package dev.understudy.pgwire.value;

import dev.understudy.pgwire.value.Value.Geometry.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Geometric values in the text format: {@code (1,2)}, {@code {1,2,3}}, {@code [(0,0),(1,1)]}, {@code (1,1),(0,0)},
 * {@code ((0,0),(1,1))}, {@code <(0,0),5>}.
 */
final class GeometryText {
    private final String text;
    private final List<Double> numbers = new ArrayList<>();
    private int position;

    private GeometryText(String text) {
        this.text = text;
    }

    static @Nullable Value decode(PgType type, String text) {
        GeometryText parser = new GeometryText(text);
        boolean open = text.startsWith("[");
        return switch (type) {
            case POINT -> parser.value(Shape.POINT, parser.point());
            case LINE -> parser.value(Shape.LINE, parser.line());
            case LSEG -> parser.value(Shape.LSEG, parser.points('[', ']', 2));
            case BOX -> parser.value(Shape.BOX, parser.point() && parser.skip(',') && parser.point());
            case PATH ->
                open
                        ? parser.value(Shape.OPEN_PATH, parser.points('[', ']', 0))
                        : parser.value(Shape.CLOSED_PATH, parser.points('(', ')', 0));
            case POLYGON -> parser.value(Shape.POLYGON, parser.points('(', ')', 0));
            case CIRCLE ->
                parser.value(
                        Shape.CIRCLE,
                        parser.skip('<') && parser.point() && parser.skip(',') && parser.number() && parser.skip('>'));
            default -> null;
        };
    }

    private @Nullable Value value(Shape shape, boolean sound) {
        return sound && position == text.length() ? new Value.Geometry(shape, numbers) : null;
    }

    private boolean line() {
        return skip('{') && number() && skip(',') && number() && skip(',') && number() && skip('}');
    }

    /** So many points in brackets, any number of them where {@code count} is 0. */
    private boolean points(char open, char close, int count) {
        if (!skip(open)) {
            return false;
        }
        do {
            if (!point()) {
                return false;
            }
        } while (skip(','));
        return skip(close) && (count == 0 || numbers.size() == 2 * count);
    }

    private boolean point() {
        return skip('(') && number() && skip(',') && number() && skip(')');
    }

    private boolean number() {
        int from = position;
        while (position < text.length() && ",)}>".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        if (ScalarText.floating(text.substring(from, position), false) instanceof Value.FloatingPoint floating) {
            numbers.add(floating.value());
            return true;
        }
        return false;
    }

    private boolean skip(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }
}
