/** Why a run does not begin or does not end well, by the category that decides the exit code. */
@NullMarked
package dev.understudy.replay.failure;

import org.jspecify.annotations.NullMarked;
