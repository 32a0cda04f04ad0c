/**
 * Where the work comes from: a trace's lanes, read from Kafka ahead of need, made whole and merged. Only
 * {@code TraceSource} and what it names know Kafka; the rest is pure.
 */
@NullMarked
package dev.understudy.replay.source;

import org.jspecify.annotations.NullMarked;
