package dev.understudy.diff.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays as text: {@code {1,NULL,"a b"}}, with {@code [0:1]=} before it where a lower bound is not 1 (chapter 8.15.6). */
final class ArrayText {
    /** PostgreSQL's MAXDIM. */
    private static final int MAX_DIMENSIONS = 6;

    private final String text;
    private final PgType element;
    private final List<@Nullable Value> elements = new ArrayList<>();
    private final int[] lengths = new int[MAX_DIMENSIONS];
    private int dimensions;
    private int position;

    private ArrayText(PgType element, String text, int position) {
        this.element = element;
        this.text = text;
        this.position = position;
    }

    /** The array; null if the text is none. */
    static @Nullable Value parse(PgType element, String text) {
        int open = text.indexOf('{');
        boolean bounded = text.startsWith("[");
        if (open < 0 || open > 0 && !bounded) {
            return null;
        }
        ArrayText array = new ArrayText(element, text, open);
        if (!array.level(0) || array.position != text.length()) {
            return null;
        }
        String shape = bounded ? text.substring(0, open - 1) : array.shape();
        return new Value.Array(shape, array.elements);
    }

    private String shape() {
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < dimensions && !elements.isEmpty(); i++) {
            shape.append("[1:").append(lengths[i]).append(']');
        }
        return shape.toString();
    }

    private boolean level(int depth) {
        if (depth == MAX_DIMENSIONS) {
            return false;
        }
        dimensions = Math.max(dimensions, depth + 1);
        position++;
        int count = 0;
        if (at('}')) {
            position++;
            return true;
        }
        while (position < text.length()) {
            boolean read = at('{') ? level(depth + 1) : element();
            count++;
            if (!read || position >= text.length()) {
                return false;
            }
            char separator = text.charAt(position++);
            if (separator == '}') {
                lengths[depth] = count;
                return true;
            }
            if (separator != ',') {
                return false;
            }
        }
        return false;
    }

    private boolean element() {
        if (at('"')) {
            return quoted();
        }
        int start = position;
        while (position < text.length() && text.charAt(position) != ',' && text.charAt(position) != '}') {
            position++;
        }
        String plain = text.substring(start, position);
        elements.add(plain.equals("NULL") ? null : ValueDecoder.text(element, plain));
        return true;
    }

    private boolean quoted() {
        StringBuilder value = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                elements.add(ValueDecoder.text(element, value.toString()));
                return true;
            }
            if (c == '\\' && position < text.length()) {
                c = text.charAt(position++);
            }
            value.append(c);
        }
        return false;
    }

    private boolean at(char expected) {
        return position < text.length() && text.charAt(position) == expected;
    }
}
