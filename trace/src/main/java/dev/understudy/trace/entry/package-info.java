/** What a trace says: one record for each kind of entry, complete from format version 1. */
@NullMarked
package dev.understudy.trace.entry;

import org.jspecify.annotations.NullMarked;
