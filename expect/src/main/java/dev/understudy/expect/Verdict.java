package dev.understudy.expect;

/** How a rehearsal ends. The order is that of precedence: what comes later beats what comes before. */
public enum Verdict {
    /** Every gate held. */
    GO("GO", 0),
    /** Nothing speaks against the migration, but not enough was seen to say so. */
    INCONCLUSIVE("INCONCLUSIVE", 3),
    /** Something speaks against it. */
    NO_GO("NO-GO", 1);

    private final String label;
    private final int exitCode;

    Verdict(String label, int exitCode) {
        this.label = label;
        this.exitCode = exitCode;
    }

    /** The form of reports: GO, NO-GO, INCONCLUSIVE. */
    public String label() {
        return label;
    }

    /** The command's exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** This verdict, or the other where that beats it. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
