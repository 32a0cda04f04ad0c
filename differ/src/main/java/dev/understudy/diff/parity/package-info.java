/** Whether the arms were what the trace needs, before it and after it. Pure. */
@NullMarked
package dev.understudy.diff.parity;

import org.jspecify.annotations.NullMarked;
