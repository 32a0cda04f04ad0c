/** From what was seen to the metrics of the gates. Pure. */
@NullMarked
package dev.understudy.diff.verdict;

import org.jspecify.annotations.NullMarked;
