package dev.understudy.replay.target;

import dev.understudy.pgwire.message.FrontendMessages;
import dev.understudy.pgwire.message.ParameterStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Who logs in, and who a session is to be.
 *
 * @param login the role that logs in on the arm
 * @param captured the captured role; empty if it is not known, and then the login's role serves
 */
record SessionRole(String login, String captured) {
    private static final int MAX_ANSWER_BYTES = 4096;

    boolean mustBeTaken() {
        return !captured.isEmpty() && !captured.equals(login);
    }

    boolean isLostBy(ParameterStatus status) {
        return status.name().equals("session_authorization") && status.value().equals(login);
    }

    /** The request by which a session becomes the captured role. */
    Conversation taking(Consumer<ArmResult> whenEnded) {
        ByteBuf request = Unpooled.buffer(128);
        FrontendMessages.query(request, "SET SESSION AUTHORIZATION " + quoted(captured));
        return new Conversation(request, Unpooled.EMPTY_BUFFER, false, MAX_ANSWER_BYTES, whenEnded);
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
