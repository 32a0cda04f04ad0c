package dev.understudy.replay.generated;

/**
 * A column whose values are generated, or refer to such.
 *
 * @param name schema.table.column
 * @param typeOid its type in the captured database
 */
record Column(String name, int typeOid, Domain domain) {}
