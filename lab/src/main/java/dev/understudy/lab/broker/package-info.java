/**
 * One embedded broker for every command on a data directory: a process of its own that the first command starts, that
 * the others find, and that goes by itself when none needs it any more.
 *
 * <pre>
 * DATA_DIR/broker/
 *   kafka/          Kafka's log
 *   running.lock    locked by the broker process as long as it lives
 *   starting.lock   locked by the one command that starts it
 *   address         where it serves, written whole once it does
 *   broker.log      what it says
 * </pre>
 */
@NullMarked
package dev.understudy.lab.broker;

import org.jspecify.annotations.NullMarked;
