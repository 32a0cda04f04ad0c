/** What it costs to decide in which order a trace is replayed. */
@NullMarked
package dev.understudy.bench.schedule;

import org.jspecify.annotations.NullMarked;
