package dev.understudy.diff.group;

/**
 * One occurrence of a difference.
 *
 * @param exchange session and ordinal
 * @param row which row, by its key or the statement's parameters; empty where neither is known
 * @param before what the baseline answered, masked so that the difference survives
 * @param after what the candidate answered, masked likewise
 */
public record Sample(String exchange, String row, String before, String after) {}
