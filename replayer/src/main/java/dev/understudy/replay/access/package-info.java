/** Which rows of which tables an exchange touches, as far as statements and catalogs prove it. Pure. */
@NullMarked
package dev.understudy.replay.access;

import org.jspecify.annotations.NullMarked;
