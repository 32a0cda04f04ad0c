/** Collections with a bound whose contents do not depend on the order in which they were filled. Pure. */
@NullMarked
package dev.understudy.diff.bounded;

import org.jspecify.annotations.NullMarked;
