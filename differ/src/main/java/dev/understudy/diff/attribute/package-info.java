/** Whose fault a difference is: a total function of what production, control and candidate answered. Pure. */
@NullMarked
package dev.understudy.diff.attribute;

import org.jspecify.annotations.NullMarked;
