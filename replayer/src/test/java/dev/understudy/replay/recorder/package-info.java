/** Makes traces for tests from real sessions on a real server, as an agent would record them. */
@NullMarked
package dev.understudy.replay.recorder;

import org.jspecify.annotations.NullMarked;
