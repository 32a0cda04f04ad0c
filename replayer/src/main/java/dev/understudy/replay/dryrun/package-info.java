/**
 * What a run would do, found out by its own reading and ordering with nothing at the other end. Pure: fed work, told
 * nothing of servers.
 */
@NullMarked
package dev.understudy.replay.dryrun;

import org.jspecify.annotations.NullMarked;
