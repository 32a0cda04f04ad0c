/** Benchmarks of the protocol: what runs on the agent's event loop, and what the differ does per exchange. */
@NullMarked
package dev.understudy.bench.pgwire;

import org.jspecify.annotations.NullMarked;
