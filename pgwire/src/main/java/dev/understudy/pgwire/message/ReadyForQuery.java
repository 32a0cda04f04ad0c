package dev.understudy.pgwire.message;

import io.netty.buffer.ByteBuf;

/** The server is ready for the next exchange. */
public record ReadyForQuery(TransactionStatus status) {
    /**
     * Reads a ReadyForQuery's body.
     *
     * @param body borrowed; indexes are not moved
     * @throws ProtocolException if the body is empty
     */
    public static ReadyForQuery decode(ByteBuf body) {
        return new ReadyForQuery(TransactionStatus.of(new BodyReader(body, "ReadyForQuery").int8()));
    }
}
