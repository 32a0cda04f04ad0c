package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.CommandTag;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.ServerMessage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The server's frames with one frame of lookahead; asynchronous messages, which may stand anywhere, are set aside. */
final class AnswerFrames {
    /** What {@link #seek} answers when no frame is left. */
    static final int END = -1;

    private final FrameCursor cursor;
    private final List<ServerMessage> notices = new ArrayList<>(0);
    private boolean present;
    private int unexplained;

    AnswerFrames(ByteBuf answer) {
        cursor = new FrameCursor(answer);
        step();
    }

    /**
     * Steps forward to a frame of one of the {@code fitting} types, or ReadyForQuery, or the end, counting what lies
     * between as unexplained.
     *
     * @return the type found, which {@link #take} or {@link #drop} consumes
     */
    int seek(String fitting) {
        while (present) {
            byte type = cursor.type();
            if (type == BackendType.READY_FOR_QUERY || fitting.indexOf(type) >= 0) {
                return type;
            }
            unexplained();
        }
        return END;
    }

    /** The type of the next frame, whatever it is. */
    int peek() {
        return present ? cursor.type() : END;
    }

    /** Consumes the frame and answers its body. */
    ByteBuf take() {
        ByteBuf body = cursor.body();
        step();
        return body;
    }

    /** Consumes a CommandComplete and answers its tag. */
    String commandTag() {
        try {
            return CommandTag.text(take());
        } catch (ProtocolException e) {
            unexplained++;
            return "";
        }
    }

    /** Consumes the frame. */
    void drop() {
        step();
    }

    /** Consumes the frame and counts it. */
    void unexplained() {
        unexplained++;
        drop();
    }

    /** Counts a frame that was taken already, or one that is missing. */
    void countUnexplained() {
        unexplained++;
    }

    int unexplainedFrames() {
        return unexplained;
    }

    List<ServerMessage> notices() {
        return notices;
    }

    private void step() {
        while ((present = cursor.next()) && isAsynchronous(cursor.type())) {
            if (cursor.type() == BackendType.NOTICE_RESPONSE) {
                notices.add(ServerMessage.decode(cursor.body()));
            }
        }
    }

    private static boolean isAsynchronous(byte type) {
        return type == BackendType.NOTICE_RESPONSE
                || type == BackendType.PARAMETER_STATUS
                || type == BackendType.NOTIFICATION_RESPONSE;
    }
}
