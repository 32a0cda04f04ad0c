/** Compares answers, tables and invariants, and ends in one verdict. */
@NullMarked
package dev.understudy.diff;

import org.jspecify.annotations.NullMarked;
