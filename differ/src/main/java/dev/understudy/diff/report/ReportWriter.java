package dev.understudy.diff.report;

/** Renders a report. The same report gives the same text. */
public interface ReportWriter {
    /** The file that it is usually kept in, such as {@code report.json}. */
    String fileName();

    /** The whole text, ending with a newline. */
    String write(Report report);
}
