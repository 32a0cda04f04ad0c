package dev.understudy.replay.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.pgwire.exchange.Interpreter;
import dev.understudy.pgwire.exchange.StatementBook;
import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.recorder.Frames;
import dev.understudy.replay.schedule.AnswerFacts;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.taint.TaintTracker;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeBuilderTest {
    private static final int MAX_BYTES = 1 << 20;
    private static final SessionInfo SESSION = new SessionInfo(7, 0, "app", "shop", Map.of(), null);
    private static final ByteBuf PARSE =
            Frames.frames().parse("S_1", "insert into audit values ($1)").sync().bytes();
    private static final ByteBuf RUN =
            Frames.frames().bind("S_1", "1").execute().sync().bytes();
    private static final String PARSED = frame('1', "") + frame('Z', "I");
    private static final String RAN = frame('2', "") + frame('C', "INSERT 0 1\0") + frame('Z', "I");
    private static final String NO_TABLE = frame('E', "SERROR\0C42P01\0Mno such table\0\0") + frame('Z', "I");
    private static final String NO_STATEMENT = frame('E', "SERROR\0C26000\0Mno such statement\0\0") + frame('Z', "I");

    private final StatementBook production = new StatementBook();
    /** Whether exchanges come with what they meant, as they do in an order that asks for it. */
    private boolean interpreted;

    private final OutcomeBuilder builder = new OutcomeBuilder(MAX_BYTES, false, TaintTracker.of(List.of(), null));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFailedParseIsTheFindingAndItsUsesAreTainted(boolean handedOver) {
        interpreted = handedOver;
        Outcome root = builder.build(ended(0, PARSE, PARSED, NO_TABLE));
        Outcome use = builder.build(ended(1, RUN, RAN, NO_STATEMENT));
        Outcome another = builder.build(ended(2, RUN, RAN, NO_STATEMENT));

        assertThat(root.disposition()).isEqualTo(Disposition.COMPARED);
        assertThat(List.of(use, another)).allSatisfy(outcome -> {
            assertThat(outcome.disposition()).isEqualTo(Disposition.TAINTED);
            assertThat(outcome.reason()).isEqualTo("statement-not-prepared: 0.7:0");
            assertThat(outcome.known()).extracting(KnownStatement::arm).containsExactly(Arm.RECORDED);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStatementThatTheArmKnowsIsCompared(boolean handedOver) {
        interpreted = handedOver;
        builder.build(ended(0, PARSE, PARSED, PARSED));
        Outcome use = builder.build(ended(1, RUN, RAN, NO_TABLE));

        assertThat(use.disposition()).isEqualTo(Disposition.COMPARED);
        assertThat(use.known())
                .extracting(KnownStatement::arm, KnownStatement::sql)
                .containsExactly(
                        tuple(Arm.RECORDED, "insert into audit values ($1)"),
                        tuple(Arm.CANDIDATE, "insert into audit values ($1)"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStatementThatProductionDidNotKnowEitherIsCompared(boolean handedOver) {
        interpreted = handedOver;
        Outcome use = builder.build(ended(0, RUN, NO_STATEMENT, NO_STATEMENT));

        assertThat(use.disposition()).isEqualTo(Disposition.COMPARED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSecondParseOnTheArmEndsTheTaint(boolean handedOver) {
        interpreted = handedOver;
        builder.build(ended(0, PARSE, PARSED, NO_TABLE));
        builder.build(ended(1, PARSE, PARSED, PARSED));
        Outcome use = builder.build(ended(2, RUN, RAN, RAN));

        assertThat(use.disposition()).isEqualTo(Disposition.COMPARED);
    }

    private Finished ended(long ordinal, ByteBuf request, String recorded, String answered) {
        RecordedExchange exchange = new RecordedExchange(
                new ExchangeId(SESSION.session(), ordinal),
                ordinal + 1,
                ordinal,
                TransactionStatus.IDLE,
                TransactionStatus.IDLE,
                Set.of(),
                request,
                bytes(recorded),
                List.of(),
                List.of(),
                new AnswerFacts(null, false, 0),
                0,
                0,
                true);
        boolean same = recorded.equals(answered);
        ByteBuf frames = same ? Unpooled.EMPTY_BUFFER : bytes(answered);
        ArmAnswer answer = new ArmAnswer(Arm.CANDIDATE, same, frames, 0, 0, 0, false);
        return new Finished(
                SESSION,
                exchange,
                interpreted ? Interpreter.interpret(request, exchange.answer(), production) : null,
                Disposition.COMPARED,
                "",
                0,
                false,
                List.of(answer),
                null,
                0);
    }

    private static String frame(char type, String body) {
        int length = body.length() + 4;
        return type + "\0\0" + (char) (length >> 8) + (char) (length & 0xff) + body;
    }

    private static ByteBuf bytes(String latin1) {
        return Unpooled.copiedBuffer(latin1, StandardCharsets.ISO_8859_1);
    }
}
