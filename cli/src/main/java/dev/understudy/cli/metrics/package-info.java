/** Serving meters and health over HTTP. */
@NullMarked
package dev.understudy.cli.metrics;

import org.jspecify.annotations.NullMarked;
