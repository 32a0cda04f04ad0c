package dev.understudy.pgwire.sql;

/**
 * One statement of a text that may hold several.
 *
 * @param sql its text, from its first token to its last, without the semicolon
 * @param start where it begins in the whole text, in characters
 * @param end where the character behind it stands
 */
public record SqlPart(String sql, int start, int end) {}
