/** Where a PostgreSQL server is, in every form that people have at hand, resolved by libpq's rules. Pure but for files. */
@NullMarked
package dev.understudy.cli.target;

import org.jspecify.annotations.NullMarked;
