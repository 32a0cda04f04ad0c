/** The whole story on embedded servers and a sample shop, and a check that it ended as it must. */
@NullMarked
package dev.understudy.cli.demo;

import org.jspecify.annotations.NullMarked;
