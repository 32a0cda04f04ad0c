/** The transparent proxy that records what production asked and what it answered. */
@NullMarked
package dev.understudy.capture;

import org.jspecify.annotations.NullMarked;
