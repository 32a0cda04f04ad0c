package dev.understudy.trace.entry;

import io.netty.buffer.ByteBuf;

/**
 * Messages that the server sent while a session was idle: notifications, notices, ParameterStatus.
 *
 * @param counter the shared counter at writing
 * @param session the session
 * @param nanos when they were read
 * @param frames whole backend frames
 */
public record Async(long counter, long session, long nanos, ByteBuf frames) implements Entry {}
