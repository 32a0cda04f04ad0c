/** PostgreSQL servers started from bundled binaries. */
@NullMarked
package dev.understudy.lab.postgres;

import org.jspecify.annotations.NullMarked;
