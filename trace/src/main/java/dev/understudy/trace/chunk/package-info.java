/** The trace's bytes: chunks of entries as Kafka records and spool segments hold them. */
@NullMarked
package dev.understudy.trace.chunk;

import org.jspecify.annotations.NullMarked;
