/** The captured database's catalog, read over the agent's own connection. */
@NullMarked
package dev.understudy.capture.catalog;

import org.jspecify.annotations.NullMarked;
