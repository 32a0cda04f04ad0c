package dev.understudy.trace.entry;

import dev.understudy.trace.catalog.Catalog;

/**
 * The captured database's catalog, at the capture's start and after DDL. Without it OIDs mean nothing on another
 * server.
 *
 * @param counter the shared counter at writing
 * @param catalog what was read
 */
public record CatalogEntry(long counter, Catalog catalog) implements Entry {}
