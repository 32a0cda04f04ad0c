/** What recorded exchanges may touch, as a causal order needs to know it: rows, sequences, locks. Pure. */
@NullMarked
package dev.understudy.replay.footprint;

import org.jspecify.annotations.NullMarked;
