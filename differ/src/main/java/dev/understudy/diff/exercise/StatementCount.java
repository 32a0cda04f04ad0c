package dev.understudy.diff.exercise;

/**
 * What became of all statements of one form.
 *
 * @param fingerprint names the form
 * @param sql the text without its constants; empty where it is not known
 * @param seen how many there were in the trace
 * @param compared how many of them were compared
 * @param raced how many raced
 * @param tainted how many depended on what failed
 */
public record StatementCount(String fingerprint, String sql, long seen, long compared, long raced, long tainted) {}
