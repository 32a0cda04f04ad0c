package dev.understudy.pgwire.value;

import java.util.regex.Pattern;

/** Writes an array as array_out does. */
final class ArrayWriter {
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"\\\\{},]+");

    private final Value.Array array;
    private final StringBuilder out = new StringBuilder();
    private int next;

    private ArrayWriter(Value.Array array) {
        this.array = array;
    }

    static String write(Value.Array array) {
        ArrayWriter writer = new ArrayWriter(array);
        if (array.lowerBounds().stream().anyMatch(bound -> bound != 1)) {
            writer.bounds();
        }
        writer.level(0);
        return writer.out.toString();
    }

    private void bounds() {
        for (int i = 0; i < array.dimensions().size(); i++) {
            int lower = array.lowerBounds().get(i);
            out.append('[')
                    .append(lower)
                    .append(':')
                    .append(lower + array.dimensions().get(i) - 1)
                    .append(']');
        }
        out.append('=');
    }

    private void level(int depth) {
        out.append('{');
        int members = array.dimensions().isEmpty() ? 0 : array.dimensions().get(depth);
        for (int i = 0; i < members; i++) {
            out.append(i == 0 ? "" : ",");
            if (depth + 1 < array.dimensions().size()) {
                level(depth + 1);
            } else {
                out.append(element(array.elements().get(next++)));
            }
        }
        out.append('}');
    }

    private static String element(Value value) {
        String text = value.text();
        if (value instanceof Value.Null || (PLAIN.matcher(text).matches() && !text.equalsIgnoreCase("NULL"))) {
            return text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
