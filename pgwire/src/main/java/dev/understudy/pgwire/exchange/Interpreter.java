package dev.understudy.pgwire.exchange;

import io.netty.buffer.ByteBuf;

/** Reads one exchange's request and answer side by side. Thread-safe: what is mutable is the caller's book. */
public final class Interpreter {
    private Interpreter() {}

    /**
     * Interprets one exchange and brings {@code book} up to its end. Never throws for what the bytes hold: an answer
     * that is cut off ends the interpretation there, frames that fit nothing are counted. Time is linear in the bytes.
     *
     * <p>A statement under way when the answer ends has a step without tag and error; later messages of that pipeline
     * have none, nor have those that the server skipped after an error. SQL text is read as UTF-8.
     *
     * @param request the client's frames, whole; borrowed, the result holds views of it
     * @param answer the server's frames, whole; borrowed, the result holds views of it
     * @param book what the session's server knew before; updated
     */
    public static Interpretation interpret(ByteBuf request, ByteBuf answer, StatementBook book) {
        return new ExchangeReading(new RequestFrames(request), new AnswerFrames(answer), new BookKeeping(book)).read();
    }
}
