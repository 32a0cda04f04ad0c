/** The vocabulary of disagreements: what a difference is called and how bad it is. Pure. */
@NullMarked
package dev.understudy.diff.difference;

import org.jspecify.annotations.NullMarked;
