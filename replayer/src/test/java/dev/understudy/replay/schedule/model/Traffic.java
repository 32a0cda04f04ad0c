package dev.understudy.replay.schedule.model;

/**
 * How a made-up history is made.
 *
 * @param sessions clients at once
 * @param transactions of each
 * @param rows of each table: the fewer, the hotter
 * @param pipelined percent of exchanges that are sent without waiting for the answer before
 * @param longOnes percent of statements that take long
 * @param sorted percent of transactions that touch rows in an order that can't deadlock
 * @param remade percent of statements in whose place a row is removed and made again
 * @param ordinary percent of transactions without errors, deferred checks or REPEATABLE READ
 */
record Traffic(
        int sessions, int transactions, int rows, int pipelined, int longOnes, int sorted, int remade, int ordinary) {}
