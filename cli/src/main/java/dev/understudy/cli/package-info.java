/** One command, {@code understudy}. */
@NullMarked
package dev.understudy.cli;

import org.jspecify.annotations.NullMarked;
