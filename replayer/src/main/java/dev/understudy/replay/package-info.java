/** Fires a recorded trace at a staging database. */
@NullMarked
package dev.understudy.replay;

import org.jspecify.annotations.NullMarked;
