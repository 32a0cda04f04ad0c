package dev.understudy.diff.parity;

/**
 * Whether the arms were shown to be equal before the migration, by the digests that their marks took.
 *
 * @param shown whether they were, by both marks
 * @param unequal whether the marks show that they were not
 * @param controlChanged whether the control is no longer what it was when it was marked
 * @param candidateUnchanged whether the candidate still is what it was when it was marked
 * @param text for people
 */
public record CopyProof(
        boolean shown, boolean unequal, boolean controlChanged, boolean candidateUnchanged, String text) {
    /** Nothing is known. */
    public static final CopyProof NONE =
            new CopyProof(false, false, false, false, "the marks hold no digest of the copies before the migration");
}
