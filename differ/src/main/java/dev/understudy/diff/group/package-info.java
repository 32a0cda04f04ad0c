/** Differences with one cause, counted. Pure. */
@NullMarked
package dev.understudy.diff.group;

import org.jspecify.annotations.NullMarked;
