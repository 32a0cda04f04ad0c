package dev.understudy.diff.parity;

/**
 * One thing in which the arms are not equal.
 *
 * @param kind setting, version, extension, relation, column, rows and the like
 * @param object its name
 * @param baseline what the baseline has
 * @param candidate what the candidate has
 * @param failure whether answers can't be compared because of it; else it is only said
 */
public record ParityItem(String kind, String object, String baseline, String candidate, boolean failure) {
    /** What a side has that has nothing. */
    static final String ABSENT = "absent";

    /** For people, in a few words. */
    public String text() {
        return kind + " " + object + ": " + baseline + " → " + candidate;
    }
}
