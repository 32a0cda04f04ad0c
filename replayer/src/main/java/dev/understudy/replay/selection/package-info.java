/**
 * Which part of a trace a run is about: a window of time, what followed a cut, sessions and statements, a share of the
 * lanes. Pure. What is left out is counted, not replayed; what it would have left behind in its session is.
 */
@NullMarked
package dev.understudy.replay.selection;

import org.jspecify.annotations.NullMarked;
