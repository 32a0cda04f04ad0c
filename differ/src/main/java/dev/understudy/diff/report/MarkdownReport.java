package dev.understudy.diff.report;

/**
 * A reviewer's page: the verdict first, what was not tested last. Below the length that code hosts accept for a comment;
 * where there is too much, samples go first and counts last.
 */
public final class MarkdownReport implements ReportWriter {
    /** GitHub takes 65,536 characters; below that with room for a signature. */
    public static final int MAX_LENGTH = 60_000;

    /** How much is shown, tried from the first to the last until it fits. */
    private static final Detail[] DETAILS = {
        new Detail(3, 100, 4_000, 200),
        new Detail(1, 60, 1_500, 100),
        new Detail(0, 40, 400, 40),
        new Detail(0, 15, 200, 15),
        new Detail(0, 0, 100, 5)
    };

    /**
     * How much is shown.
     *
     * @param samples of each group
     * @param groups in the table of all groups
     * @param sql characters of a statement
     * @param rows of any other table
     */
    record Detail(int samples, int groups, int sql, int rows) {}

    @Override
    public String fileName() {
        return "report.md";
    }

    @Override
    public String write(Report report) {
        String page = "";
        for (Detail detail : DETAILS) {
            page = new MarkdownPage(report, detail).render();
            if (page.length() < MAX_LENGTH) {
                return page;
            }
        }
        return page.substring(0, MAX_LENGTH - 1) + "\n";
    }
}
