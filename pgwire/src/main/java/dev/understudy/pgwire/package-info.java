/**
 * PostgreSQL's frontend/backend protocol, version 3, without any input or output: framing, messages, exchanges, values
 * and SQL lexing. Nothing in here opens a socket, reads a clock or starts a thread.
 */
@NullMarked
package dev.understudy.pgwire;

import org.jspecify.annotations.NullMarked;
