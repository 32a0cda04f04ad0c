/** What is counted while a run's outcomes go by: sums that can be kept, restored and merged in any order. Pure. */
@NullMarked
package dev.understudy.diff.tally;

import org.jspecify.annotations.NullMarked;
