/**
 * Statements that reach beyond the database on which they run, found and left out. Pure.
 *
 * <p>What is found is found in the text, by PostgreSQL's lexical rules, and in what the catalogs say of the functions,
 * views, triggers, rules, defaults and policies that it runs. Text that is put together at run time from pieces, and
 * functions written in C, are beyond that: the mark and the network stay the outer walls.
 */
@NullMarked
package dev.understudy.replay.blocked;

import org.jspecify.annotations.NullMarked;
