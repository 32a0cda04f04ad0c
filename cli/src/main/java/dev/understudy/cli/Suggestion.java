package dev.understudy.cli;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a misspelt word was probably meant to be. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code ; did you mean 'x'?} for the nearest word, if one is near; else nothing. */
    public static String didYouMean(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(k -> distance(word, k)).thenComparing(Comparator.naturalOrder()))
                .filter(k -> distance(word, k) <= Math.max(2, k.length() / 3) && distance(word, k) < k.length())
                .map(k -> "; did you mean '" + k + "'?")
                .orElse("");
    }

    /** Levenshtein distance: the fewest letters to insert, delete or replace. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
