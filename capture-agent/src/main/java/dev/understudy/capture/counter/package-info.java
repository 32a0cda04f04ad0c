/** The counter of completed exchanges, shared by the agents of one host. */
@NullMarked
package dev.understudy.capture.counter;

import org.jspecify.annotations.NullMarked;
