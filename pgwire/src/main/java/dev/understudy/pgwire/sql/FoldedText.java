package dev.understudy.pgwire.sql;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The text under way, with the lists that are open in it. An element of a folding list that equals the one before it is
 * taken back as soon as it ends, so that each list keeps one of each run.
 */
final class FoldedText {
    private static final class Open {
        boolean folding;
        final boolean rows;
        boolean awaitsElement = true;
        int elementStart;
        int previousStart = -1;
        int previousEnd = -1;

        Open(boolean folding, boolean rows) {
            this.folding = folding;
            this.rows = rows;
        }
    }

    private final StringBuilder out;
    private final Deque<Open> lists = new ArrayDeque<>();
    private String last = "";

    FoldedText(int capacity) {
        out = new StringBuilder(capacity);
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    /** The last token written, empty at the beginning. */
    String last() {
        return last;
    }

    boolean lastIsName() {
        return !last.isEmpty() && (Character.isUnicodeIdentifierPart(last.charAt(0)) || last.charAt(0) == '"');
    }

    /** Behind an opening bracket, a comma or an operator: where an operand follows. */
    boolean isBeforeListedOperand() {
        if (last.isEmpty() || last.equals("?") || last.equals(".") || last.equals("::")) {
            return false;
        }
        return "([,".contains(last) || "~!@#^&|`+-*/%<>=:".indexOf(last.charAt(0)) >= 0;
    }

    /** Whether the innermost open list is an array's elements. */
    boolean isInArray() {
        Open list = lists.peek();
        return list != null && list.folding && !list.rows && (last.equals("[") || last.equals(","));
    }

    /** Writes a token that is no bracket and no comma. */
    void append(String token, boolean apart) {
        endRows();
        Open list = lists.peek();
        boolean query = token.equals("select") || token.equals("with") || token.equals("values");
        if (query && list != null && list.awaitsElement && list.previousStart < 0) {
            list.folding = false;
        }
        write(token, apart);
        if (token.equals("values")) {
            lists.push(new Open(true, true));
        }
    }

    /** Writes an opening bracket; {@code folding} if its list's elements fold. */
    void open(String bracket, boolean apart, boolean folding) {
        write(bracket, apart);
        lists.push(new Open(folding, false));
    }

    /** Writes a closing bracket. */
    void close(String bracket) {
        endRows();
        Open list = lists.poll();
        if (list != null) {
            endElement(list);
        }
        write(bracket, false);
    }

    /** Writes a comma. */
    void comma() {
        Open list = lists.peek();
        if (list != null) {
            endElement(list);
            list.awaitsElement = true;
        }
        out.append(',');
        last = ",";
    }

    /** Ends what is open. */
    String finish() {
        endRows();
        return out.toString();
    }

    /** The rows of VALUES have no closing bracket: anything but a further row ends them. */
    private void endRows() {
        Open list = lists.peek();
        if (list != null && list.rows) {
            endElement(list);
            lists.pop();
        }
    }

    private void endElement(Open list) {
        if (!list.folding || list.awaitsElement) {
            return;
        }
        int length = out.length() - list.elementStart;
        if (list.previousStart >= 0 && list.previousEnd - list.previousStart == length && repeats(list, length)) {
            out.setLength(list.previousEnd);
        } else {
            list.previousStart = list.elementStart;
            list.previousEnd = out.length();
        }
    }

    private boolean repeats(Open list, int length) {
        for (int i = 0; i < length; i++) {
            if (out.charAt(list.previousStart + i) != out.charAt(list.elementStart + i)) {
                return false;
            }
        }
        return true;
    }

    private void write(String token, boolean apart) {
        if (apart && !out.isEmpty() && !last.equals("(") && !last.equals("[")) {
            out.append(' ');
        }
        Open list = lists.peek();
        if (list != null && list.awaitsElement) {
            list.awaitsElement = false;
            list.elementStart = out.length();
        }
        out.append(token);
        last = token;
    }
}
