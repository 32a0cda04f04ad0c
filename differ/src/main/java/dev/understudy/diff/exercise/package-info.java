/** What of a database the statements of a trace read and write, by their text and the catalog. Pure. */
@NullMarked
package dev.understudy.diff.exercise;

import org.jspecify.annotations.NullMarked;
