/** Tap records in, trace entries and chunks out, on one thread for each lane. */
@NullMarked
package dev.understudy.capture.recorder;

import org.jspecify.annotations.NullMarked;
