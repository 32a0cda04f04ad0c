/** Chunks to Kafka, in order, until acknowledged. */
@NullMarked
package dev.understudy.capture.sink;

import org.jspecify.annotations.NullMarked;
