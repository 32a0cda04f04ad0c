package dev.understudy.cli.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a process says of itself. That it answers at all is that it lives, whatever becomes of Kafka or a database.
 *
 * @param ready whether it does its work now
 * @param phase what it does, in a word
 */
public record Health(BooleanSupplier ready, Supplier<String> phase) {}
