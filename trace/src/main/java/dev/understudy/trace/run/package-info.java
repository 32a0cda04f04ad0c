/** What a replay says: one outcome for each exchange, next to what was recorded. */
@NullMarked
package dev.understudy.trace.run;

import org.jspecify.annotations.NullMarked;
