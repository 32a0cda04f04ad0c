package dev.understudy.pgwire.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays in the text format (array_out): {@code {1,NULL}}, <code>[0:1]={{"a b",c}}</code>. */
final class ArrayText {
    private static final int UNKNOWN = -1;

    private final ValueType element;
    private final String text;
    private final char delimiter;
    private final int nesting;
    private final int[] lengths = new int[ArrayBinary.MAX_DIMENSIONS];
    private final List<Value> elements = new ArrayList<>();
    private int position;
    private int leafDepth = UNKNOWN;

    private ArrayText(ValueType.Array type, String text, int nesting) {
        this.element = type.element();
        this.text = text;
        this.delimiter = type.delimiter();
        this.nesting = nesting;
        Arrays.fill(lengths, UNKNOWN);
    }

    static @Nullable Value decode(ValueType.Array type, String text, int nesting) {
        return new ArrayText(type, text, nesting).array();
    }

    private @Nullable Value array() {
        List<int[]> bounds = new ArrayList<>(0);
        while (at('[')) {
            int[] bound = bound();
            if (bound == null || bounds.size() == ArrayBinary.MAX_DIMENSIONS) {
                return null;
            }
            bounds.add(bound);
        }
        if (!bounds.isEmpty() && !skip('=')) {
            return null;
        }
        if (text.equals("{}")) {
            return new Value.Array(List.of(), List.of(), List.of());
        }
        if (!level(0) || position != text.length()) {
            return null;
        }
        List<Integer> dimensions = new ArrayList<>();
        List<Integer> lowerBounds = new ArrayList<>();
        for (int i = 0; i <= leafDepth; i++) {
            dimensions.add(lengths[i]);
            lowerBounds.add(bounds.isEmpty() ? 1 : i < bounds.size() ? bounds.get(i)[0] : UNKNOWN);
            if (!bounds.isEmpty() && (bounds.size() != leafDepth + 1 || bounds.get(i)[1] != lengths[i])) {
                return null;
            }
        }
        return new Value.Array(dimensions, lowerBounds, elements);
    }

    /** {@code [lower:upper]} as the lower bound and the length. */
    private int @Nullable [] bound() {
        int close = text.indexOf(']', position);
        int colon = text.indexOf(':', position);
        if (close < 0 || colon < 0 || colon > close) {
            return null;
        }
        try {
            int lower = Integer.parseInt(text, position + 1, colon, 10);
            int upper = Integer.parseInt(text, colon + 1, close, 10);
            position = close + 1;
            return new int[] {lower, upper - lower + 1};
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Reads one pair of braces; every pair at a depth must hold as many members, and elements stand at one depth. */
    private boolean level(int depth) {
        if (depth == ArrayBinary.MAX_DIMENSIONS || !skip('{')) {
            return false;
        }
        int members = 0;
        do {
            boolean sound = at('{') ? depth != leafDepth && level(depth + 1) : isLeaf(depth) && member();
            if (!sound) {
                return false;
            }
            members++;
        } while (skip(delimiter));
        if (!skip('}') || (lengths[depth] != UNKNOWN && lengths[depth] != members)) {
            return false;
        }
        lengths[depth] = members;
        return true;
    }

    private boolean isLeaf(int depth) {
        if (leafDepth == UNKNOWN) {
            leafDepth = depth;
        }
        return leafDepth == depth;
    }

    private boolean member() {
        boolean quoted = skip('"');
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (quoted ? c == '"' : c == delimiter || c == '}') {
                break;
            }
            if (c == '\\') {
                position++;
            } else if (!quoted && (c == '{' || c == '"')) {
                return false;
            }
            if (position == text.length()) {
                return false;
            }
            value.append(text.charAt(position++));
        }
        if (quoted ? !skip('"') : value.isEmpty()) {
            return false;
        }
        elements.add(
                !quoted && value.toString().equals("NULL")
                        ? Value.Null.NULL
                        : Values.read(element, value.toString(), nesting));
        return true;
    }

    private boolean at(char expected) {
        return position < text.length() && text.charAt(position) == expected;
    }

    private boolean skip(char expected) {
        if (at(expected)) {
            position++;
            return true;
        }
        return false;
    }
}
