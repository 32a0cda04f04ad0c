package dev.understudy.trace.run;

import dev.understudy.trace.catalog.Catalog;
import java.util.List;

/**
 * An arm's database at one moment.
 *
 * @param arm which one
 * @param address host, port and database, for people; never a password
 * @param catalog its catalog
 * @param tables its tables' state, in the catalog's order
 */
public record ArmState(Arm arm, String address, Catalog catalog, List<TableState> tables) {}
