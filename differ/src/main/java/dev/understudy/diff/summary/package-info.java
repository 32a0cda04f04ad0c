/** The bytes of a run's summary topic. Pure. */
@NullMarked
package dev.understudy.diff.summary;

import org.jspecify.annotations.NullMarked;
