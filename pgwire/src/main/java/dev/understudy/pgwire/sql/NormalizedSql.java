package dev.understudy.pgwire.sql;

/**
 * A statement without what varies from call to call, for display and for its fingerprint: one space between tokens
 * where it reads well, no comments, unquoted names in lower case, {@code ?} for every literal (its sign included) and
 * parameter, repeated elements of IN-lists, ARRAY[…] and VALUES once, savepoint names as {@code ?}.
 *
 * @param text the normalised text
 */
public record NormalizedSql(String text) {
    /** Normalises a text. Time is linear in it. */
    public static NormalizedSql of(String sql) {
        return new NormalizedSql(new Normalizer(sql).normalize());
    }

    /** See {@link Fingerprint}. */
    public String fingerprint() {
        return Fingerprint.ofNormalized(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
