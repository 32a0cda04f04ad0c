package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.bound;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.compare.Uncovered;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Exchanges;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.frame.FrameCursor;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.Omission;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.KnownStatement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Outcomes as a run has them: partly recorded, prepared before, broken off, the same on every arm. */
class OutcomeJudgeTest {
    private static final Field V = column("v", 23);

    private final ServerCatalog catalog = new ServerCatalog(null);
    private final OutcomeJudge judge = new OutcomeJudge(new Servers(catalog, null, catalog), new Statements());

    private JudgedOutcome judge(Exchanges exchange) {
        return judge.judge(exchange.build());
    }

    private static List<DifferenceClass> classes(JudgedOutcome judged) {
        return judged.differences().stream()
                .map(JudgedDifference::difference)
                .map(Difference::type)
                .toList();
    }

    private static ByteBuf values(int from, int to) {
        Answers answer = answer().columns(V);
        IntStream.range(from, to).forEach(i -> answer.row(Integer.toString(i)));
        return answer.done("SELECT " + (to - from)).ready();
    }

    // Results beyond max-result: their head, and digests of the whole

    /** What the recording is that keeps {@code head} rows of that answer. */
    private static Exchanges shortened(String sql, ByteBuf whole, int head) throws Exception {
        ByteBuf kept = Unpooled.buffer();
        MessageDigest ordered = MessageDigest.getInstance("SHA-256");
        BigInteger unordered = BigInteger.ZERO;
        int offset = 0;
        int rows = 0;
        for (FrameCursor frame = new FrameCursor(whole); frame.next(); ) {
            if (frame.type() == 'D') {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(ByteBufUtil.getBytes(frame.body()));
                byte[] hash = Arrays.copyOf(digest, 16);
                ordered.update(hash);
                unordered = unordered.add(new BigInteger(1, hash)).mod(BigInteger.ONE.shiftLeft(128));
                if (rows++ >= head) {
                    offset = offset == 0 ? kept.writerIndex() : offset;
                    continue;
                }
            }
            kept.writeBytes(frame.frame());
        }
        byte[] sum = new byte[16];
        byte[] bytes = unordered.toByteArray();
        int length = Math.min(16, bytes.length);
        System.arraycopy(bytes, bytes.length - length, sum, 16 - length, length);
        Omission omission = new Omission(
                offset,
                rows - head,
                100,
                rows,
                Unpooled.wrappedBuffer(Arrays.copyOf(ordered.digest(), 16)),
                Unpooled.wrappedBuffer(sum));
        return exchange(query(sql), kept).omits(omission).flagged(ExchangeFlag.DIGESTED);
    }

    private static ByteBuf rows(String... values) {
        Answers answer = answer().columns(V);
        for (String value : values) {
            answer.row(value);
        }
        return answer.done("SELECT " + values.length).ready();
    }

    @Test
    void aDigestedResultIsTheSameByItsDigest() throws Exception {
        JudgedOutcome judged =
                judge(shortened("SELECT v FROM t", values(0, 50), 5).candidate(values(0, 50)));
        assertThat(judged.differences()).isEmpty();
        assertThat(judged.uncovered()).isEmpty();
        assertThat(judged.steps().get(0).rows()).isEqualTo(50);
    }

    @Test
    void aDigestedResultMayComeInAnotherOrder() throws Exception {
        JudgedOutcome judged =
                judge(shortened("SELECT v FROM t", rows("1", "2", "3", "4"), 1).candidate(rows("4", "3", "2", "1")));
        assertThat(judged.differences()).isEmpty();
        assertThat(judged.uncovered()).isEmpty();
    }

    @Test
    void aDigestCannotTellTiesFromABrokenOrder() throws Exception {
        JudgedOutcome judged = judge(
                shortened("SELECT v FROM t ORDER BY v", rows("1", "2", "3"), 1).candidate(rows("3", "2", "1")));
        assertThat(judged.uncovered())
                .extracting(Uncovered::type)
                .containsExactly(DifferenceClass.RUN_RESULT_TOO_LARGE);
    }

    @Test
    void oneValueBehindTheHeadIsFound() throws Exception {
        JudgedOutcome judged =
                judge(shortened("SELECT v FROM t", rows("1", "2", "3", "4"), 1).candidate(rows("1", "2", "3", "5")));
        assertThat(classes(judged)).containsExactly(DifferenceClass.VALUE_BYTES);
    }

    @Test
    void aRowBehindTheHeadIsMissed() throws Exception {
        JudgedOutcome judged =
                judge(shortened("SELECT v FROM t", rows("1", "2", "3", "4"), 1).candidate(rows("1", "2", "3")));
        assertThat(classes(judged)).containsExactly(DifferenceClass.ROW_COUNT_ONLY);
        assertThat(judged.differences().get(0).difference().transition()).isEqualTo("-1");
    }

    @Test
    void aDigestOfOtherTypesTellsNothing() throws Exception {
        ByteBuf wider = answer().columns(column("v", 20))
                .row("1")
                .row("2")
                .done("SELECT 2")
                .ready();
        JudgedOutcome judged =
                judge(shortened("SELECT v FROM t", rows("1", "2"), 1).candidate(wider));
        assertThat(classes(judged)).containsExactly(DifferenceClass.SHAPE_TYPE_WIDENED);
        assertThat(judged.uncovered())
                .extracting(Uncovered::type)
                .containsExactly(DifferenceClass.RUN_RESULT_TOO_LARGE);
    }

    @Test
    void aDigestBelongsToTheStatementInWhoseAnswerItStands() throws Exception {
        ByteBuf first = answer().columns(V).row("7").done("SELECT 1").unfinished();
        Exchanges second = shortened("SELECT 7; SELECT v FROM t", rows("1", "2", "3"), 1);
        Omission of = second.build().omissions().get(0);
        Omission moved = new Omission(
                of.answerOffset() + first.readableBytes(),
                of.frames(),
                of.bytes(),
                of.totalFrames(),
                of.orderedDigest(),
                of.unorderedDigest());
        ByteBuf recorded = Unpooled.copiedBuffer(first, second.build().recorded());
        ByteBuf candidate = Unpooled.copiedBuffer(first, rows("1", "2", "4"));
        JudgedOutcome judged = judge(exchange(query("SELECT 7; SELECT v FROM t"), recorded)
                .omits(moved)
                .candidate(candidate));
        assertThat(judged.differences()).singleElement().satisfies(found -> {
            assertThat(found.difference().place().step()).isEqualTo(1);
            assertThat(found.difference().type()).isEqualTo(DifferenceClass.VALUE_BYTES);
        });
    }

    @Test
    void anArmsAnswerWithoutItsEndIsUncovered() {
        ByteBuf cut = answer().columns(V).row("0").row("1").unfinished();
        JudgedOutcome judged =
                judge(exchange(query("SELECT v FROM t"), values(0, 50)).arm(Arm.CANDIDATE, cut, 1_000, false));
        assertThat(judged.differences()).isEmpty();
        assertThat(judged.uncovered())
                .extracting(Uncovered::type)
                .containsExactly(DifferenceClass.RUN_RESULT_TOO_LARGE);
    }

    @Test
    void anArmThatBreaksOffIsAFinding() {
        ByteBuf cut = answer().columns(V).row("0").unfinished();
        JudgedOutcome judged =
                judge(exchange(query("SELECT v FROM t"), values(0, 50)).arm(Arm.CANDIDATE, cut, 0, true));
        assertThat(classes(judged)).containsExactly(DifferenceClass.ERROR_NEW);
    }

    @Test
    void aRecordingThatBrokeOffIsUncovered() {
        ByteBuf cut = answer().columns(V).row("0").unfinished();
        JudgedOutcome judged = judge(exchange(query("SELECT v FROM t"), cut)
                .flagged(ExchangeFlag.BROKEN_OFF)
                .candidate(values(0, 50)));
        assertThat(judged.differences()).isEmpty();
        assertThat(judged.uncovered()).isNotEmpty();
    }

    // What the exchange itself does not say

    private static KnownStatement known(Arm arm, Field... columns) {
        ByteBuf frames = answer().columns(columns).unfinished();
        FrameCursor frame = new FrameCursor(frames);
        assertThat(frame.next()).isTrue();
        return new KnownStatement(arm, "s", null, "SELECT v FROM t WHERE id = $1", List.of(23), frame.body(), null);
    }

    private static ByteBuf binary(int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        return answer().bound().rawRow(List.of(value)).done("SELECT 1").ready();
    }

    @Test
    void rowsOfAPreparedStatementAreReadByWhatIsKnownOfIt() {
        JudgedOutcome judged = judge(exchange(bound("s", 1, "5"), binary(0, 0, 0, 5))
                .knows(known(Arm.RECORDED, V))
                .knows(known(Arm.CANDIDATE, V))
                .candidate(binary(0, 0, 0, 7)));
        assertThat(judged.differences()).singleElement().satisfies(found -> {
            assertThat(found.difference().path()).isEqualTo("v");
            assertThat(found.difference().type()).isEqualTo(DifferenceClass.VALUE_NUMERIC);
            assertThat(found.difference().before()).isEqualTo("5");
            assertThat(found.facts().sql()).isEqualTo("select v from t where id = ?");
            assertThat(found.row()).isEqualTo("$1 = 5");
        });
    }

    @Test
    void eachArmsRowsAreReadByItsOwnDescription() {
        JudgedOutcome judged = judge(exchange(bound("s", 1, "5"), binary(0, 0, 0, 5))
                .knows(known(Arm.RECORDED, V))
                .knows(known(Arm.CANDIDATE, column("v", 20)))
                .candidate(binary(0, 0, 0, 0, 0, 0, 0, 5)));
        assertThat(classes(judged)).containsExactly(DifferenceClass.SHAPE_TYPE_WIDENED);
    }

    @Test
    void aDescriptionThatOneSideLacksIsBorrowed() {
        JudgedOutcome judged = judge(exchange(bound("s", 1, "5"), binary(0, 0, 0, 5))
                .knows(new KnownStatement(
                        Arm.RECORDED, "s", null, "SELECT v FROM t WHERE id = $1", List.of(23), null, null))
                .knows(known(Arm.CANDIDATE, V))
                .candidate(binary(0, 0, 0, 7)));
        assertThat(classes(judged)).containsExactly(DifferenceClass.VALUE_NUMERIC);
    }

    @Test
    void rowsThatNobodyDescribesAreTheSameOnlyByteForByte() {
        Exchanges exchange = exchange(bound("s", 1, "5"), binary(0, 0, 0, 5)).candidate(binary(0, 0, 0, 7));
        JudgedOutcome judged = judge(exchange);
        assertThat(judged.differences()).isEmpty();
        assertThat(judged.uncovered()).extracting(Uncovered::reason).containsExactly("rows without description");
        assertThat(judge(exchange(bound("s", 1, "5"), binary(0, 0, 0, 5)).candidate(binary(0, 0, 0, 5)))
                        .uncovered())
                .isEmpty();
    }

    @Test
    void whatIsTheSameOnEveryArmIsCountedAndNotCompared() {
        JudgedOutcome judged =
                judge(exchange(query("SELECT v FROM t"), values(0, 3)).candidate(values(0, 3)));
        assertThat(judged.differences()).isEmpty();
        assertThat(judged.steps()).singleElement().satisfies(step -> {
            assertThat(step.rows()).isEqualTo(3);
            assertThat(step.facts().sql()).isEqualTo("select v from t");
        });
    }

    @Test
    void anAnswerWithoutRecordingIsJudgedByTheArmsAlone() {
        OutcomeJudge three = new OutcomeJudge(new Servers(catalog, catalog, catalog), new Statements());
        JudgedOutcome judged = three.judge(exchange(query("SELECT v FROM t"), Unpooled.EMPTY_BUFFER)
                .control(values(0, 3))
                .candidate(values(0, 2))
                .build());
        assertThat(judged.differences())
                .singleElement()
                .satisfies(found -> assertThat(found.attribution()).isEqualTo(Attribution.MIGRATION_WITHOUT_CONTROL));
    }
}
