/** A model of contended databases, of production and of the arms, for tests of the order in which a trace is replayed. */
@NullMarked
package dev.understudy.replay.schedule.model;

import org.jspecify.annotations.NullMarked;
