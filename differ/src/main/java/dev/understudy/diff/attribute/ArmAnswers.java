package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.Answer;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.Portal;
import dev.understudy.pgwire.exchange.PreparedStatement;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.BackendType;
import dev.understudy.pgwire.message.ProtocolException;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.Omission;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the answers of an outcome, each with what its server knew before. */
final class ArmAnswers {
    private ArmAnswers() {}

    /** What production answered. */
    static Answer recorded(Outcome outcome, ServerCatalog catalog) {
        Interpretation interpretation =
                Interpreter.interpret(outcome.request(), outcome.recorded(), book(outcome, Arm.RECORDED));
        return new Answer(
                interpretation, catalog, byStep(outcome), false, outcome.flags().contains(ExchangeFlag.BROKEN_OFF));
    }

    /** What an arm answered. */
    static Answer of(Outcome outcome, ArmAnswer answer, ServerCatalog catalog) {
        ByteBuf frames = answer.sameAsRecorded() ? outcome.recorded() : answer.frames();
        Interpretation interpretation = Interpreter.interpret(outcome.request(), frames, book(outcome, answer.arm()));
        return new Answer(
                interpretation,
                catalog,
                answer.sameAsRecorded() ? byStep(outcome) : Map.of(),
                answer.truncated() > 0,
                answer.brokenOff());
    }

    /** The arm's answer, null if the exchange was not sent there. */
    static @Nullable ArmAnswer find(Outcome outcome, Arm arm) {
        for (ArmAnswer answer : outcome.answers()) {
            if (answer.arm() == arm) {
                return answer;
            }
        }
        return null;
    }

    private static StatementBook book(Outcome outcome, Arm arm) {
        StatementBook book = new StatementBook();
        for (KnownStatement known : outcome.known()) {
            if (known.arm() == arm) {
                RowDescription rows = rows(known.rowDescription());
                boolean portal = known.portal() != null && known.bind() != null;
                PreparedStatement statement =
                        new PreparedStatement(known.name(), known.sql(), known.parameterTypes(), portal ? null : rows);
                if (known.portal() != null && known.bind() != null) {
                    book.put(new Portal(known.portal(), statement, known.bind(), rows));
                } else {
                    book.put(statement);
                }
            }
        }
        return book;
    }

    private static @Nullable RowDescription rows(@Nullable ByteBuf body) {
        try {
            return body == null ? null : RowDescription.decode(body);
        } catch (ProtocolException e) {
            // Not known, then: the comparison reads the rows by the other side's description.
            return null;
        }
    }

    /** The step in whose result each omission lies: as many steps ended before it as frames that end one. */
    private static Map<Integer, Omission> byStep(Outcome outcome) {
        if (outcome.omissions().isEmpty()) {
            return Map.of();
        }
        Map<Integer, Omission> steps = new HashMap<>();
        for (Omission omission : outcome.omissions()) {
            int ended = 0;
            ByteBuf recorded = outcome.recorded();
            int limit = recorded.readerIndex() + omission.answerOffset();
            for (FrameCursor frame = new FrameCursor(recorded); frame.next() && frame.start() < limit; ) {
                ended += endsStep(frame.type()) ? 1 : 0;
            }
            steps.put(ended, omission);
        }
        return steps;
    }

    private static boolean endsStep(byte type) {
        return type == BackendType.COMMAND_COMPLETE
                || type == BackendType.EMPTY_QUERY_RESPONSE
                || type == BackendType.PORTAL_SUSPENDED
                || type == BackendType.ERROR_RESPONSE;
    }
}
