package dev.understudy.trace.entry;

import io.netty.buffer.ByteBuf;

/**
 * A piece of what does not fit one chunk. Pieces of a request or an answer stand before the entry that counts them;
 * pieces of any other entry are that entry, once joined. Pieces of several sessions interleave.
 *
 * @param counter the shared counter at writing
 * @param id the exchange; for a piece of an entry the session (0 if it is not one session's) and a number that tells
 *     the entry from others under way
 * @param of what it is a piece of
 * @param index its place among those of the same id and kind, from 0 within the entry that counts them
 * @param bytes the piece; an unpooled view, never released
 */
public record Part(long counter, ExchangeId id, Of of, int index, ByteBuf bytes) implements Entry {
    /** What a part is a piece of; the ordinal is the code in the format: append only. */
    public enum Of {
        /** The client's frames of an exchange. */
        REQUEST,
        /** The server's frames of an exchange. */
        ANSWER,
        /** A whole encoded entry (a catalog, a session's snapshot, an exchange with very many segments). */
        ENTRY
    }
}
