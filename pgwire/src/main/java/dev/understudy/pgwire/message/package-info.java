/**
 * The messages of PostgreSQL's protocol 3, frontend and backend apart, since the two directions reuse type bytes
 * (protocol chapter 55.7, "Message Formats").
 */
@NullMarked
package dev.understudy.pgwire.message;

import org.jspecify.annotations.NullMarked;
