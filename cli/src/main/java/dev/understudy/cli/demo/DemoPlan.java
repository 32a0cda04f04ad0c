package dev.understudy.cli.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a demo shows.
 *
 * @param seed for the shop's data and traffic
 * @param rounds how much traffic
 * @param migration the reader's own migration, null for the shop's
 * @param fixed whether the shop's migration is the one without the fault
 * @param report where the report goes
 */
public record DemoPlan(long seed, int rounds, @Nullable Path migration, boolean fixed, Path report) {}
