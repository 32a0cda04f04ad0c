/** What comparing costs. */
@NullMarked
package dev.understudy.bench.diff;

import org.jspecify.annotations.NullMarked;
