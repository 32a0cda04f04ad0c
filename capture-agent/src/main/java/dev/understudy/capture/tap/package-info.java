/** The way of bytes worth recording from an event loop to its recorder: bounded pages, no locks. No channels. */
@NullMarked
package dev.understudy.capture.tap;

import org.jspecify.annotations.NullMarked;
