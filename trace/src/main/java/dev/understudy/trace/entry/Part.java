package dev.understudy.trace.entry;

import io.netty.buffer.ByteBuf;

/**
 * A piece of a request or an answer that does not fit one chunk. Parts stand before the entry that counts them; parts
 * of several sessions interleave.
 *
 * @param counter the shared counter at writing
 * @param id the exchange
 * @param ofAnswer whether the bytes are the answer's (else the request's)
 * @param index this part's place among those of its direction, from 0 within the entry that counts them
 * @param bytes the piece; an unpooled view, never released
 */
public record Part(long counter, ExchangeId id, boolean ofAnswer, int index, ByteBuf bytes) implements Entry {}
