package dev.understudy.replay.generated;

/**
 * A value that production generated in an exchange, or showed there, and what an arm generated in its place.
 *
 * @param column what it is: schema.table.column, or a function with what it asks
 * @param recorded production's value
 * @param arm the arm's index
 * @param own the arm's value
 */
public record Twin(String column, String recorded, int arm, String own) {}
