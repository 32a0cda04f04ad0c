package dev.understudy.pgwire.value;

import org.jspecify.annotations.Nullable;

/**
 * The text of composite values and ranges: members with quotes where they need them, in which quotes and backslashes are
 * doubled or behind a backslash.
 */
final class MemberText {
    /** What ends a member of a composite value, unless it stands in quotes. */
    static final String COMPOSITE_ENDS = ",)";
    /** What ends a bound of a range, unless it stands in quotes. */
    static final String RANGE_ENDS = ",)]";

    private static final String SPACES = " \t\n\u000b\f\r";

    private final String text;
    private final String ends;
    private int position;

    MemberText(String text, String ends) {
        this.text = text;
        this.ends = ends;
    }

    boolean skip(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /** Up to what ends it; null where nothing is written, or where it does not end. */
    @Nullable String member() {
        StringBuilder member = new StringBuilder();
        boolean quoted = false;
        boolean written = false;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (!quoted && ends.indexOf(c) >= 0) {
                break;
            }
            written = true;
            position++;
            if (c == '\\') {
                if (position == text.length()) {
                    return null;
                }
                member.append(text.charAt(position++));
            } else if (c != '"') {
                member.append(c);
            } else if (quoted && skip('"')) {
                member.append('"');
            } else {
                quoted = !quoted;
            }
        }
        return written && !quoted ? member.toString() : null;
    }

    /** A member of a composite value, in quotes where it needs them. */
    static String member(String member) {
        return quoted(member, "\"\\(),");
    }

    /** A bound of a range, in quotes where it needs them. */
    static String bound(String bound) {
        return quoted(bound, "\"\\()[],");
    }

    private static String quoted(String member, String special) {
        boolean plain = !member.isEmpty();
        for (int i = 0; plain && i < member.length(); i++) {
            plain = special.indexOf(member.charAt(i)) < 0 && SPACES.indexOf(member.charAt(i)) < 0;
        }
        return plain ? member : '"' + member.replace("\\", "\\\\").replace("\"", "\"\"") + '"';
    }
}
