/** Gates: stop rules with a number in them. The verdict is their conjunction. */
@NullMarked
package dev.understudy.expect.gate;

import org.jspecify.annotations.NullMarked;
