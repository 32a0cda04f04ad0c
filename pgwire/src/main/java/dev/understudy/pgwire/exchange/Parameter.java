package dev.understudy.pgwire.exchange;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One bound parameter.
 *
 * @param typeOid as Parse or ParameterDescription told it, 0 if neither did
 * @param format 0 text, 1 binary
 * @param value the bytes, null for SQL NULL; a view, never released
 */
public record Parameter(int typeOid, int format, @Nullable ByteBuf value) {}
