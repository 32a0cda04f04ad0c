/** What the text of a statement tells about its answer. Pure. */
@NullMarked
package dev.understudy.diff.statement;

import org.jspecify.annotations.NullMarked;
