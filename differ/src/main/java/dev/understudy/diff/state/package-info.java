/** Whole tables of two databases held against each other, on the servers as far as that goes. */
@NullMarked
package dev.understudy.diff.state;

import org.jspecify.annotations.NullMarked;
