/** What results look like: tables, durations, sizes, progress. */
@NullMarked
package dev.understudy.cli.output;

import org.jspecify.annotations.NullMarked;
