package dev.understudy.replay.generated;

/**
 * A value in an arm's answer that the arm generated in the place of one of production's.
 *
 * @param arm the arm's index
 * @param result in which result of the answer, from 0
 * @param column in which of its columns, from 0
 * @param recorded production's value
 * @param own the arm's value
 */
public record Twin(int arm, int result, int column, String recorded, String own) {}
