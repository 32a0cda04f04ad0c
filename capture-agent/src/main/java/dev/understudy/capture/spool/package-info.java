/** Chunks on local disk until Kafka has acknowledged them. */
@NullMarked
package dev.understudy.capture.spool;

import org.jspecify.annotations.NullMarked;
