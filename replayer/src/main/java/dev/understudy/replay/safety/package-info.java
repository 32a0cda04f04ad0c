/** What must hold before anything is sent: only a marked database that is not the captured one is replayed on. */
@NullMarked
package dev.understudy.replay.safety;

import org.jspecify.annotations.NullMarked;
