/** What one exchange means: which statements ran, with which parameters, shapes, rows, tags and errors. */
@NullMarked
package dev.understudy.pgwire.exchange;

import org.jspecify.annotations.NullMarked;
