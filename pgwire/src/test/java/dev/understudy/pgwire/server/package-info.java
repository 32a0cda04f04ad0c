/** A real server for tests. */
package dev.understudy.pgwire.server;
