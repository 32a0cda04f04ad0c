/** What a database is made of, as far as answers depend on it. */
@NullMarked
package dev.understudy.trace.catalog;

import org.jspecify.annotations.NullMarked;
