/**
 * The corpus: pairs and triples of answers with what must be said of them, written from PostgreSQL's documentation, and
 * their runner. The cases are in {@code src/test/resources/corpus}; its README says how they are written.
 */
@NullMarked
package dev.understudy.diff.corpus;

import org.jspecify.annotations.NullMarked;
