package dev.understudy.pgwire.exchange;

import io.netty.buffer.ByteBuf;

/** Reads one exchange's request and answer side by side. */
public final class Interpreter {
    private Interpreter() {}

    /**
     * Interprets one exchange and brings {@code book} up to its end.
     *
     * @param request the client's frames, whole; borrowed, the result holds views of it
     * @param answer the server's frames, whole; borrowed, the result holds views of it
     * @param book what the session's server knew before; updated
     */
    public static Interpretation interpret(ByteBuf request, ByteBuf answer, StatementBook book) {
        throw new UnsupportedOperationException();
    }
}
