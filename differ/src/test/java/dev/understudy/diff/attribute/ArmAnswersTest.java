package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.bound;
import static dev.understudy.diff.kit.Requests.executed;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.Answer;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.Omission;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArmAnswersTest {
    private static final Field V = column("v", 23);
    private static final String SQL = "SELECT v FROM t WHERE id = $1";
    private static final ServerCatalog CATALOG = new ServerCatalog(null);

    private static ByteBuf row(String value) {
        return answer().row(value).done("SELECT 1").ready();
    }

    private static ByteBuf boundRow(String value) {
        return answer().bound().row(value).done("SELECT 1").ready();
    }

    private static ByteBuf body(ByteBuf frames) {
        FrameCursor frame = new FrameCursor(frames);
        assertThat(frame.next()).isTrue();
        return frame.body();
    }

    private static ByteBuf described() {
        return body(answer().columns(V).unfinished());
    }

    private static KnownStatement known(
            Arm arm, @Nullable String portal, @Nullable ByteBuf description, @Nullable ByteBuf bind) {
        return new KnownStatement(arm, portal == null ? "s" : "", portal, SQL, List.of(23), description, bind);
    }

    private static Answer of(Outcome outcome, Arm arm) {
        if (arm == Arm.RECORDED) {
            return ArmAnswers.recorded(outcome, CATALOG);
        }
        var answer = ArmAnswers.find(outcome, arm);
        assertThat(answer).isNotNull();
        return ArmAnswers.of(outcome, answer, CATALOG);
    }

    private static @Nullable RowDescription shape(Outcome outcome, Arm arm) {
        return of(outcome, arm).interpretation().steps().get(0).rows();
    }

    @Test
    void anArmKnowsWhatItPreparedAndNotWhatAnotherDid() {
        Outcome outcome = exchange(bound("s", 0, "5"), boundRow("1"))
                .knows(known(Arm.RECORDED, null, described(), null))
                .candidate(boundRow("2"))
                .build();
        assertThat(of(outcome, Arm.RECORDED).interpretation().steps().get(0).sql())
                .isEqualTo(SQL);
        assertThat(shape(outcome, Arm.RECORDED)).isEqualTo(new RowDescription(List.of(V)));
        assertThat(of(outcome, Arm.CANDIDATE).interpretation().steps().get(0).sql())
                .isEmpty();
        assertThat(shape(outcome, Arm.CANDIDATE)).isNull();
    }

    @Test
    void aPortalThatWasBoundBeforeIsReadByItsOwnDescription() {
        ByteBuf bind = body(bound("", 0, "5"));
        Outcome outcome = exchange(executed(), row("1"))
                .knows(known(Arm.RECORDED, "", described(), bind))
                .candidate(row("2"))
                .build();
        var step = of(outcome, Arm.RECORDED).interpretation().steps().get(0);
        assertThat(step.sql()).isEqualTo(SQL);
        assertThat(step.rows()).isEqualTo(new RowDescription(List.of(V)));
        assertThat(step.parameters()).hasSize(1);
    }

    @Test
    void aDescriptionThatCannotBeReadIsNotKnown() {
        ByteBuf broken = Unpooled.wrappedBuffer(new byte[] {0, 9, 'v'});
        Outcome outcome = exchange(bound("s", 0, "5"), boundRow("1"))
                .knows(known(Arm.RECORDED, null, broken, null))
                .candidate(boundRow("2"))
                .build();
        assertThat(of(outcome, Arm.RECORDED).interpretation().steps().get(0).sql())
                .isEqualTo(SQL);
        assertThat(shape(outcome, Arm.RECORDED)).isNull();
    }

    @Test
    void anArmWithoutAnswerHasNone() {
        Outcome outcome = exchange(query(SQL), row("1")).candidate(row("2")).build();
        assertThat(ArmAnswers.find(outcome, Arm.CONTROL)).isNull();
        assertThat(ArmAnswers.find(outcome, Arm.CANDIDATE)).isNotNull();
    }

    private static ByteBuf whole(String value) {
        return answer().columns(V).row(value).done("SELECT 1").ready();
    }

    private static Omission omission(int offset) {
        return new Omission(offset, 1, 10, 2, Unpooled.EMPTY_BUFFER, Unpooled.EMPTY_BUFFER);
    }

    @Test
    void anAnswerLikeTheRecordedOneHasItsFramesAndOmissions() {
        Exchanges exchange = exchange(query("SELECT v FROM t"), whole("1")).omits(omission(5));
        Outcome outcome = exchange.control(whole("1")).candidate(whole("2")).build();
        assertThat(of(outcome, Arm.RECORDED).omissions()).containsOnlyKeys(0);
        assertThat(of(outcome, Arm.CONTROL).omissions()).containsOnlyKeys(0);
        assertThat(of(outcome, Arm.CONTROL).interpretation().steps().get(0).dataRows())
                .hasSize(1);
        assertThat(of(outcome, Arm.CANDIDATE).omissions()).isEmpty();
    }

    @Test
    void anOmissionIsOfTheStatementInWhoseAnswerItLies() {
        for (ByteBuf first : List.of(
                answer().columns(V).row("7").done("SELECT 1").unfinished(),
                answer().empty().unfinished(),
                answer().columns(V).row("7").suspended().unfinished(),
                answer().error("42P01", "no such table").unfinished())) {
            ByteBuf both = Unpooled.copiedBuffer(first, whole("1"));
            Exchanges exchange = exchange(query("SELECT 7; SELECT v FROM t"), both);
            assertThat(of(exchange.omits(omission(0)).build(), Arm.RECORDED).omissions())
                    .containsOnlyKeys(0);
            Outcome inSecond =
                    exchange.omits(omission(first.readableBytes() + 1)).build();
            assertThat(of(inSecond, Arm.RECORDED).omissions()).containsOnlyKeys(1);
        }
    }

    @Test
    void whatWasCutOrBrokeOffIsSaid() {
        Outcome outcome = exchange(query("SELECT v FROM t"), whole("1"))
                .flagged(ExchangeFlag.BROKEN_OFF)
                .arm(Arm.CONTROL, whole("2"), 7, false)
                .arm(Arm.CANDIDATE, whole("2"), 0, true)
                .build();
        assertThat(of(outcome, Arm.RECORDED).brokenOff()).isTrue();
        assertThat(of(outcome, Arm.RECORDED).cut()).isFalse();
        assertThat(of(outcome, Arm.CONTROL).brokenOff()).isFalse();
        assertThat(of(outcome, Arm.CONTROL).cut()).isTrue();
        assertThat(of(outcome, Arm.CANDIDATE).brokenOff()).isTrue();
        assertThat(of(outcome, Arm.CANDIDATE).cut()).isFalse();
    }
}
