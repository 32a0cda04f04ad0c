/**
 * OIDs of user-defined types and functions: each server numbers its own, so what a client learnt from production means
 * nothing on an arm. Pure.
 */
@NullMarked
package dev.understudy.replay.oid;

import org.jspecify.annotations.NullMarked;
