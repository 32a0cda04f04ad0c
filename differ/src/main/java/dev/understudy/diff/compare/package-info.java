/** Two answers in, classified differences out. Pure. */
@NullMarked
package dev.understudy.diff.compare;

import org.jspecify.annotations.NullMarked;
