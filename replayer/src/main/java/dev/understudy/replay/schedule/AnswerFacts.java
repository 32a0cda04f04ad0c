package dev.understudy.replay.schedule;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.ServerMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What an answer's frames say at a glance.
 *
 * @param sqlState the first error's SQLSTATE, null where there is none
 * @param fatal whether an error ended the connection
 * @param parsesBeforeError how many ParseComplete came before the first error; all of them without one
 */
public record AnswerFacts(@Nullable String sqlState, boolean fatal, int parsesBeforeError) {
    /** Of an answer that is not known. */
    public static final AnswerFacts NONE = new AnswerFacts(null, false, 0);

    /** Reads an answer; {@code frames} is borrowed. */
    public static AnswerFacts of(ByteBuf frames) {
        String sqlState = null;
        boolean fatal = false;
        int parses = 0;
        for (FrameCursor frame = new FrameCursor(frames); frame.next(); ) {
            byte type = frame.type();
            if (type == BackendType.ERROR_RESPONSE) {
                ServerMessage error = ServerMessage.decode(frame.body());
                fatal |= error.isFatal();
                if (sqlState == null) {
                    sqlState = error.sqlState();
                }
            } else if (type == BackendType.PARSE_COMPLETE && sqlState == null) {
                parses++;
            }
        }
        return new AnswerFacts(sqlState, fatal, parses);
    }
}
