/** What flags take their values from when they are not given: the environment, then {@code understudy.yaml}. */
@NullMarked
package dev.understudy.cli.config;

import org.jspecify.annotations.NullMarked;
