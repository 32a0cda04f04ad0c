/**
 * In which order and when what is sent. Pure: no sockets, no Kafka, no threads; time is told as an argument. Nothing in
 * here is safe for use by several threads.
 */
@NullMarked
package dev.understudy.replay.schedule;

import org.jspecify.annotations.NullMarked;
