/** Where a run's outcomes come from: Kafka. The only package here that knows it. */
@NullMarked
package dev.understudy.diff.source;

import org.jspecify.annotations.NullMarked;
