/** Message boundaries in a stream of protocol bytes: headers are walked, bodies are never assembled. */
@NullMarked
package dev.understudy.pgwire.frame;

import org.jspecify.annotations.NullMarked;
