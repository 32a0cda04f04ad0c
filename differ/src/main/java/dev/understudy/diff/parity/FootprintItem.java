package dev.understudy.diff.parity;

/**
 * Something that the migration changed.
 *
 * @param object its name
 * @param type the SCHEMA_ or STATE_ class
 * @param declared whether an expectation names it
 * @param stateChecked whether whole tables were compared for it
 * @param exercised by how many compared exchanges
 */
public record FootprintItem(String object, String type, boolean declared, boolean stateChecked, long exercised) {}
