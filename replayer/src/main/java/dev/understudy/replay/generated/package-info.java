/**
 * Values that servers generate: which recorded ones an exchange uses or brings, and what each arm has in their place.
 * Pure.
 */
@NullMarked
package dev.understudy.replay.generated;

import org.jspecify.annotations.NullMarked;
