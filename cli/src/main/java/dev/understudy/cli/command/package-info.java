/** One class per command: flags in, a service called, a result printed, an exit code. */
@NullMarked
package dev.understudy.cli.command;

import org.jspecify.annotations.NullMarked;
