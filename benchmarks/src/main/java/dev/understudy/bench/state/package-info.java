/** What comparing whole tables costs. */
@NullMarked
package dev.understudy.bench.state;

import org.jspecify.annotations.NullMarked;
