package dev.understudy.diff.attribute;

/**
 * How often the three sides of one statement's column, or place within it, did not agree, and who stood alone. Sums of
 * such counts are counts again, in any order.
 *
 * @param fingerprint the statement's
 * @param path column and place within its value, {@code rows}, and so on
 * @param origin {@code schema.table.column} that the path shows, or what it is computed from; empty where not known
 * @param recordedAlone both arms agreed with each other and not with production
 * @param controlAlone production and candidate agreed, the control did not
 * @param candidateAlone production and control agreed, the candidate did not
 * @param unexplained all three differed, or it could not be told who stood alone, and no value explained it
 */
public record OddCounts(
        String fingerprint,
        String path,
        String origin,
        long recordedAlone,
        long controlAlone,
        long candidateAlone,
        long unexplained) {
    /** One judged difference, which may stand for several; all zero where its attribution says nothing about noise. */
    public static OddCounts of(String fingerprint, String path, String origin, Attribution attribution, long count) {
        return new OddCounts(
                fingerprint,
                path,
                origin,
                attribution == Attribution.ENVIRONMENT ? count : 0,
                attribution == Attribution.NONDETERMINISTIC ? count : 0,
                attribution.isMigration() ? count : 0,
                attribution == Attribution.UNEXPLAINED ? count : 0);
    }

    /** Both counts together, of this path; of two origins the first by name stays. */
    OddCounts plus(OddCounts other) {
        boolean others = origin.isEmpty() || !other.origin.isEmpty() && other.origin.compareTo(origin) < 0;
        return new OddCounts(
                fingerprint,
                path,
                others ? other.origin : origin,
                recordedAlone + other.recordedAlone,
                controlAlone + other.controlAlone,
                candidateAlone + other.candidateAlone,
                unexplained + other.unexplained);
    }

    boolean isZero() {
        return recordedAlone == 0 && controlAlone == 0 && candidateAlone == 0 && unexplained == 0;
    }
}
