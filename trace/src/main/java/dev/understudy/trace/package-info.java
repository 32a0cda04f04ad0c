/**
 * The trace's format and its rules: the only contract between the services. Pure: no Kafka, no clock, no threads
 * (reading a catalog takes a {@link java.sql.Connection} that the caller owns).
 */
@NullMarked
package dev.understudy.trace;

import org.jspecify.annotations.NullMarked;
