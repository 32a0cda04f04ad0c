package dev.understudy.pgwire.exchange;

import dev.understudy.pgwire.message.ReadyForQuery;
import dev.understudy.pgwire.message.ServerMessage;
import dev.understudy.pgwire.message.TransactionStatus;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What an exchange's answer has shown so far. */
final class Answered {
    private final List<Step> steps = new ArrayList<>(2);
    private final List<ServerMessage> errors = new ArrayList<>(0);
    private TransactionStatus status = TransactionStatus.UNKNOWN;
    private boolean copyIn;

    void step(Step step) {
        steps.add(step);
    }

    ServerMessage error(ByteBuf body) {
        ServerMessage error = ServerMessage.decode(body);
        errors.add(error);
        return error;
    }

    void ready(ByteBuf body) {
        status = ReadyForQuery.decode(body).status();
    }

    TransactionStatus status() {
        return status;
    }

    void copyIn() {
        copyIn = true;
    }

    Interpretation interpretation(BookKeeping books, AnswerFrames answer) {
        return new Interpretation(
                Collections.unmodifiableList(steps),
                Collections.unmodifiableList(errors),
                Collections.unmodifiableList(answer.notices()),
                status,
                books.statementsBefore(),
                books.portalsBefore(),
                books.changes(),
                copyIn,
                answer.unexplainedFrames());
    }
}
