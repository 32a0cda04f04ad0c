/** Values by their meaning, whatever their format, and how two of them differ. Pure. */
@NullMarked
package dev.understudy.diff.value;

import org.jspecify.annotations.NullMarked;
