/** Columns and parameters as values: the same value reads the same from either format, and nothing is guessed. */
@NullMarked
package dev.understudy.pgwire.value;

import org.jspecify.annotations.NullMarked;
