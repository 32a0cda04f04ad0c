package dev.understudy.trace.run;

/**
 * A value that an arm's server generated in the place of one that production's did, where both were seen when they were
 * drawn: in that result's column they mean the same thing, and nowhere else.
 *
 * @param arm the arm
 * @param result in which result of the answer, from 0: each ends with its CommandComplete, or its row limit
 * @param column in which of its columns, from 0
 * @param recorded production's value, as text
 * @param own the arm's value, as text
 */
public record GeneratedTwin(Arm arm, int result, int column, String recorded, String own) {}
