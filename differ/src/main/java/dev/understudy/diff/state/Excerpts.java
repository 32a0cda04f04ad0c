package dev.understudy.diff.state;

/** Samples of values, no longer than a bound. */
final class Excerpts {
    /** Characters of a sample. */
    static final int MAX_CHARACTERS = 400;

    private static final String CUT = "…";

    private Excerpts() {}

    /** The beginning. */
    static String head(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS - 1) + CUT;
    }

    /** What is around the first place in which a text is not the other one. */
    static String around(String text, String other) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        int place = 0;
        int common = Math.min(text.length(), other.length());
        while (place < common && text.charAt(place) == other.charAt(place)) {
            place++;
        }
        int from = Math.max(0, Math.min(place - MAX_CHARACTERS / 2, text.length() - MAX_CHARACTERS + 1));
        return from == 0 ? head(text) : CUT + head(text.substring(from + 1));
    }
}
