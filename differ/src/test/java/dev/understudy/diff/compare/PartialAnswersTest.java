package dev.understudy.diff.compare;

import static dev.understudy.diff.difference.DifferenceClass.ERROR_GONE;
import static dev.understudy.diff.difference.DifferenceClass.ERROR_NEW;
import static dev.understudy.diff.difference.DifferenceClass.ROW_COUNT_ONLY;
import static dev.understudy.diff.difference.DifferenceClass.VALUE_BYTES;
import static dev.understudy.diff.difference.DifferenceClass.VALUE_NUMERIC;
import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Comparisons.partial;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Comparisons;
import dev.understudy.diff.kit.Omissions;
import dev.understudy.diff.kit.Requests;
import dev.understudy.pgwire.message.Field;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of which something is missing: what can't be compared is said, and never called the same. */
class PartialAnswersTest {
    private static final Field V = column("v", 23);
    private static final String SELECT = "SELECT v FROM t";
    private static final ByteBuf REQUEST = query(SELECT);

    private static Answers rows(String... values) {
        Answers answer = answer().columns(V);
        for (String value : values) {
            answer.row(value);
        }
        return answer;
    }

    private static ByteBuf whole(String... values) {
        return rows(values).done("SELECT " + values.length).ready();
    }

    private static Answer side(String how) {
        return switch (how) {
            case "whole" -> partial(REQUEST, whole("1"), Map.of(), false, false);
            case "failed" ->
                partial(REQUEST, rows("1").error("22012", "division by zero").ready(), Map.of(), false, false);
            case "unfinished" -> partial(REQUEST, rows("1").unfinished(), Map.of(), false, false);
            case "cut" -> partial(REQUEST, rows("1").unfinished(), Map.of(), true, false);
            case "broken" -> partial(REQUEST, rows("1").unfinished(), Map.of(), false, true);
            case "nothing" -> partial(REQUEST, answer().unfinished(), Map.of(), false, false);
            case "nothing, broken" -> partial(REQUEST, answer().unfinished(), Map.of(), false, true);
            case "nothing, cut" -> partial(REQUEST, answer().unfinished(), Map.of(), true, false);
            case "not ready" -> partial(REQUEST, rows("1").done("SELECT 1").unfinished(), Map.of(), false, false);
            case "not ready, broken" ->
                partial(REQUEST, rows("1").done("SELECT 1").unfinished(), Map.of(), false, true);
            default -> throw new IllegalArgumentException("side=" + how);
        };
    }

    private static List<String> told(Comparison comparison) {
        List<String> told = new ArrayList<>();
        comparison.differences().forEach(each -> told.add(each.type().name()));
        comparison.uncovered().forEach(each -> told.add(each.reason()));
        return told;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whole      | whole             | ''",
                "whole      | unfinished        | no answer",
                "whole      | cut               | result too large",
                "whole      | broken            | ERROR_NEW",
                "whole      | nothing           | no answer",
                "whole      | nothing, broken   | ERROR_NEW",
                "whole      | not ready         | ''",
                "whole      | not ready, broken | ERROR_NEW",
                "unfinished | whole             | no answer",
                "cut        | whole             | result too large",
                "broken     | whole             | answer broken off",
                "nothing    | whole             | no answer",
                "not ready  | whole             | ''",
                "not ready, broken | whole      | ''",
                "unfinished | unfinished        | ''",
                "broken     | broken            | answer broken off",
                "broken     | unfinished        | answer broken off",
                "unfinished | broken            | answer broken off",
                "cut        | cut               | result too large",
                "cut        | unfinished        | result too large",
                "unfinished | cut               | result too large",
                "failed     | failed            | ''",
                "failed     | whole             | ERROR_GONE",
                "failed     | unfinished        | ERROR_GONE",
                "failed     | cut               | answer broken off",
                "failed     | broken            | ERROR_NEW",
                "failed     | nothing, cut      | answer broken off",
                "failed     | nothing, broken   | ERROR_NEW",
                "whole      | failed            | ERROR_NEW",
                "unfinished | failed            | ERROR_NEW",
                "nothing    | failed            | ERROR_NEW",
                "cut        | failed            | answer broken off",
                "broken     | failed            | answer broken off",
                "nothing, broken | failed       | answer broken off",
                "nothing, cut | failed          | answer broken off",
            })
    void anAnswerThatLacksItsEnd(String before, String after, String expected) {
        Comparison comparison = Comparisons.compare(REQUEST, side(before), side(after));
        assertThat(told(comparison)).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void aConnectionThatEndsIsAnErrorOfTheStatementThatItEndedIn() {
        assertThat(Comparisons.compare(REQUEST, side("whole"), side("broken")).differences())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.type()).isEqualTo(ERROR_NEW);
                    assertThat(found.path()).isEqualTo("connection");
                    assertThat(found.origin()).isEqualTo("connection");
                    assertThat(found.transition()).isEqualTo("success → no answer");
                });
        ByteBuf two = query("SELECT v FROM t; SELECT v FROM t");
        ByteBuf both =
                rows("1").done("SELECT 1").columns(V).row("2").done("SELECT 1").ready();
        ByteBuf unready =
                rows("1").done("SELECT 1").columns(V).row("2").done("SELECT 1").unfinished();
        assertThat(Comparisons.compare(
                                two,
                                partial(two, both, Map.of(), false, false),
                                partial(two, unready, Map.of(), false, true))
                        .differences())
                .singleElement()
                .satisfies(found -> assertThat(found.place().step()).isEqualTo(1));
    }

    @Test
    void framesThatFitNoRequestLeaveTheWholeAnswerUncovered() {
        Answer odd = partial(
                REQUEST, answer().bound().columns(V).row("1").done("SELECT 1").ready(), Map.of(), false, false);
        for (Comparison comparison : List.of(
                Comparisons.compare(REQUEST, odd, side("whole")), Comparisons.compare(REQUEST, side("whole"), odd))) {
            assertThat(told(comparison)).containsExactly("frames that fit no request");
            assertThat(comparison.isUncovered(0)).isTrue();
        }
    }

    @Test
    void theStatusIsOfTheLastStatement() {
        ByteBuf two = query("SELECT v FROM t; SELECT v FROM t");
        ByteBuf open =
                rows("1").done("SELECT 1").columns(V).row("2").done("SELECT 1").ready('T');
        ByteBuf failed =
                rows("1").done("SELECT 1").columns(V).row("2").done("SELECT 1").ready('E');
        Comparison worse = Comparisons.compare(
                two, partial(two, open, Map.of(), false, false), partial(two, failed, Map.of(), false, false));
        assertThat(worse.differences()).singleElement().satisfies(found -> {
            assertThat(found.type()).isEqualTo(ERROR_NEW);
            assertThat(found.place()).isEqualTo(Place.ofStep(Aspect.STATUS, 1));
        });
        Comparison better = Comparisons.compare(
                two, partial(two, failed, Map.of(), false, false), partial(two, open, Map.of(), false, false));
        assertThat(better.differences()).extracting(Difference::type).containsExactly(ERROR_GONE);
    }

    // Results of which the recording kept a digest

    private static Comparison digested(String sql, ByteBuf recorded, ByteBuf now) {
        ByteBuf request = query(sql);
        return Comparisons.compare(
                request,
                partial(request, recorded, Map.of(0, Omissions.of(recorded)), false, false),
                partial(request, now, Map.of(), false, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT v FROM t            | 1 2 3 | 1 2 3 | ''",
                "SELECT v FROM t            | 1 2 3 | 3 1 2 | ''",
                "SELECT v FROM t            | 1 2 3 | 1 2 4 | VALUE_BYTES",
                "SELECT v FROM t            | 1 1 2 | 1 2 2 | VALUE_BYTES",
                "SELECT v FROM t            | 1 2 3 | 1 2   | ROW_COUNT_ONLY",
                "SELECT v FROM t ORDER BY v | 1 2 3 | 1 2 3 | ''",
                "SELECT v FROM t ORDER BY v | 1 2 3 | 3 1 2 | result too large",
                "SELECT v FROM t ORDER BY v | 1 2 3 | 1 2 4 | VALUE_BYTES",
            })
    void aDigestTellsWhetherRowsAreTheSame(String sql, String recorded, String now, String expected) {
        Comparison comparison = digested(sql, whole(recorded.split(" ")), whole(now.split(" ")));
        assertThat(told(comparison)).isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void aDigestsDifferenceIsOfTheWholeResult() {
        assertThat(digested(SELECT, whole("1", "2"), whole("1", "3")).differences())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.type()).isEqualTo(VALUE_BYTES);
                    assertThat(found.place()).isEqualTo(Place.ofStep(Aspect.CONTENT, 0));
                    assertThat(found.before()).isEqualTo("digest of 2 rows");
                    assertThat(found.leeway()).isEqualTo(Leeway.NONE);
                });
        assertThat(digested(SELECT, whole("1", "2", "3"), whole("1")).differences())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.type()).isEqualTo(ROW_COUNT_ONLY);
                    assertThat(found.transition()).isEqualTo("-1…");
                    assertThat(found.before()).isEqualTo("3 rows");
                    assertThat(found.after()).isEqualTo("1 rows");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT v FROM t LIMIT 2,                       UNKNOWN",
        "SELECT v FROM t WHERE random() < 1,            UNKNOWN",
        "SELECT v FROM (SELECT v FROM t LIMIT 2) s,     UNKNOWN",
        "SELECT v FROM t WHERE v > 0,                   NONE"
    })
    void whatAStatementLeavesOpenADigestCannotTell(String sql, Leeway leeway) {
        assertThat(digested(sql, whole("1", "2"), whole("1", "3")).differences())
                .extracting(Difference::leeway)
                .containsExactly(leeway);
    }

    @Test
    void aDigestOfAnotherShapeTellsNothing() {
        ByteBuf wider = answer().columns(V, column("w", 23))
                .row("1", "2")
                .done("SELECT 1")
                .ready();
        assertThat(told(digested(SELECT, whole("1"), wider))).containsExactly("SHAPE_COLUMN_ADDED", "result too large");
        assertThat(told(digested(SELECT, wider, whole("1"))))
                .containsExactly("SHAPE_COLUMN_DROPPED", "result too large");
        ByteBuf larger =
                answer().columns(column("v", 20)).row("1").done("SELECT 1").ready();
        assertThat(told(digested(SELECT, whole("1"), larger)))
                .containsExactly("SHAPE_TYPE_WIDENED", "result too large");
    }

    @Test
    void twoDigestsOrAnUnfinishedResultAreNotHeldAgainstEachOther() {
        ByteBuf rows = whole("1");
        Answer left = partial(REQUEST, rows, Map.of(0, Omissions.of(rows)), false, false);
        Answer right = partial(REQUEST, whole("2"), Map.of(0, Omissions.of(whole("2"))), false, false);
        assertThat(told(Comparisons.compare(REQUEST, left, right))).containsExactly("result too large");
        assertThat(told(Comparisons.compare(REQUEST, side("whole"), right))).containsExactly("result too large");
        Answer unfinished = partial(REQUEST, rows("1").unfinished(), Map.of(0, Omissions.of(rows)), false, false);
        assertThat(told(Comparisons.compare(REQUEST, unfinished, side("unfinished"))))
                .containsExactly("result too large");
    }

    @Test
    void copiedLinesHaveDigestsToo() {
        ByteBuf lines = answer().copyOut("1\ta\n", "2\tb\n").done("COPY 2").ready();
        ByteBuf others = answer().copyOut("1\ta\n", "2\tc\n").done("COPY 2").ready();
        assertThat(told(digested("COPY t TO STDOUT", lines, lines))).isEmpty();
        assertThat(told(digested("COPY t TO STDOUT", lines, others))).containsExactly("VALUE_BYTES");
    }

    // Rows without a description, rows that stop

    private static Comparison bound(ByteBuf left, ByteBuf right) {
        ByteBuf request = Requests.bound("s1", 0);
        return Comparisons.compare(
                request,
                partial(request, left, Map.of(), false, false),
                partial(request, right, Map.of(), false, false));
    }

    @Test
    void rowsWithoutDescriptionAreTheSameOrUncovered() {
        ByteBuf one = answer().bound().row("1").done("SELECT 1").ready();
        ByteBuf two = answer().bound().row("2").done("SELECT 1").ready();
        assertThat(bound(one, one)).isEqualTo(Comparison.SAME);
        assertThat(told(bound(one, two))).containsExactly("rows without description");
    }

    @Test
    void oneSidesDescriptionReadsBoth() {
        ByteBuf request = Requests.prepared(SELECT, 0);
        ByteBuf described =
                answer().parsedAndBound().columns(V).row("1").done("SELECT 1").ready();
        // Prepared before the recording began.
        Answer left = partial(request, described, Map.of(), false, false);
        ByteBuf bare = answer().bound().row("2").done("SELECT 1").ready();
        Answer right = partial(Requests.bound("s1", 0), bare, Map.of(), false, false);
        for (Comparison comparison :
                List.of(Comparisons.compare(request, left, right), Comparisons.compare(request, right, left))) {
            assertThat(comparison.differences()).extracting(Difference::type).containsExactly(VALUE_NUMERIC);
        }
    }

    @Test
    void aResultThatStopsWhereTheOtherEndsHasMoreToCome() {
        ByteBuf request = Requests.prepared(SELECT, 0);
        Answer stopped = partial(
                request,
                answer().parsedAndBound().columns(V).row("1").suspended().ready(),
                Map.of(),
                false,
                false);
        Answer ended = partial(
                request,
                answer().parsedAndBound().columns(V).row("1").done("SELECT 1").ready(),
                Map.of(),
                false,
                false);
        assertThat(Comparisons.compare(request, stopped, ended).differences())
                .extracting(Difference::type, Difference::transition, Difference::before, Difference::after)
                .containsExactly(tuple(ROW_COUNT_ONLY, "no more to come", "more to come", "end"));
        assertThat(Comparisons.compare(request, ended, stopped).differences())
                .extracting(Difference::transition, Difference::before, Difference::after)
                .containsExactly(tuple("more to come", "end", "more to come"));
        assertThat(Comparisons.compare(request, stopped, stopped)).isEqualTo(Comparison.SAME);
    }

    @Test
    void aRowThatCannotBeReadIsUncovered() {
        ByteBuf narrow =
                answer().columns(V, column("w", 23)).row("1").done("SELECT 1").ready();
        ByteBuf fine = answer().columns(V, column("w", 23))
                .row("1", "2")
                .done("SELECT 1")
                .ready();
        assertThat(told(Comparisons.compare(SELECT, fine, narrow))).containsExactly("unreadable row");
    }

    // Tags

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE t SET v = 1                         | UPDATE 3     | UPDATE 2     | -1         | NONE",
                "UPDATE t SET v = 1                         | UPDATE 0     | UPDATE 10    | +10        | NONE",
                "UPDATE t SET v = 1                         | UPDATE 7     | UPDATE 0     | -1…        | NONE",
                "UPDATE t SET v = 1 WHERE random() < 0.5    | UPDATE 3     | UPDATE 2     | -1         | UNKNOWN",
                "DELETE FROM t WHERE v = (SELECT v FROM t LIMIT 1) | DELETE 1 | DELETE 2   | +1         | UNKNOWN",
                "INSERT INTO t VALUES (1)                   | INSERT 0 1   | INSERT 0 2   | +1         | NONE",
                "CREATE TABLE n AS TABLE t                  | SELECT 5     | CREATE TABLE AS | SELECT → CREATE TABLE AS | NONE",
                "FETCH 5 FROM c                             | FETCH 5      | FETCH 4      | -1         | NONE",
            })
    void aTagsCountIsAFact(String sql, String before, String after, String transition, Leeway leeway) {
        assertThat(Comparisons.compare(
                                sql,
                                answer().done(before).ready(),
                                answer().done(after).ready())
                        .differences())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.transition()).isEqualTo(transition);
                    assertThat(found.leeway()).isEqualTo(leeway);
                    assertThat(found.before()).isEqualTo(before);
                    assertThat(found.after()).isEqualTo(after);
                });
    }

    @Test
    void aTagOfAnotherCommandIsSaidBesideItsRows() {
        assertThat(told(Comparisons.compare(
                        "FETCH 1 FROM c",
                        rows("1").done("FETCH 1").ready(),
                        rows("1").done("SELECT 1").ready())))
                .containsExactly("DML_AFFECTED_ROWS");
        assertThat(told(Comparisons.compare(
                        "FETCH 2 FROM c",
                        rows("1", "2").done("FETCH 2").ready(),
                        rows("1").done("FETCH 1").ready())))
                .containsExactly("ROW_MISSING");
        assertThat(told(Comparisons.compare(
                        "COPY t TO STDOUT",
                        answer().copyOut("1\n", "2\n").done("COPY 2").ready(),
                        answer().copyOut("1\n").done("COPY 1").ready())))
                .containsExactly("ROW_MISSING");
    }
}
