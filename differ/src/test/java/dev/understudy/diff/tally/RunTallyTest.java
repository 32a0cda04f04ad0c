package dev.understudy.diff.tally;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Observations.observed;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.BlindPath;
import dev.understudy.diff.attribute.ClockClaim;
import dev.understudy.diff.attribute.OddCounts;
import dev.understudy.diff.attribute.StoredTimes;
import dev.understudy.diff.attribute.Window;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.Occurrence;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Runs;
import dev.understudy.diff.kit.Steps;
import dev.understudy.diff.tally.OpenClaims.ExchangeKey;
import dev.understudy.diff.tally.OpenClaims.OfExchange;
import dev.understudy.diff.tally.OpenClaims.Open;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.Outcome;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Production ran at second 10, the control at second 500, the candidate at second 900. */
class RunTallyTest {
    private static final long SECOND = 1_000_000;
    private static final long PRODUCTION = 10 * SECOND + 7;
    private static final long CONTROL = 500 * SECOND + 7;
    private static final long CANDIDATE = 900 * SECOND + 7;

    private static Window at(long micros) {
        return new Window(micros - 7, micros + 7);
    }

    /** Where the exchange of those times ran. */
    private static PartitionTally ran() {
        PartitionTally tally = new PartitionTally();
        tally.ranProductionToControl(at(PRODUCTION), at(CONTROL));
        tally.ranBaselineToCandidate(at(CONTROL), at(CANDIDATE));
        return tally;
    }

    private static OfExchange open(
            long ordinal, boolean counted, Attribution judged, long left, long right, int differences) {
        Occurrence occurrence =
                new Occurrence(observed().by(judged).build(), new ExchangeId(1, ordinal), 0, 0, "", "then", "now");
        Open open = new Open(occurrence, new StoredTimes(new ClockClaim(left, right, true), null));
        return new OfExchange(new ExchangeKey(1, ordinal), counted, Collections.nCopies(differences, open));
    }

    private static RunTally whole(PartitionTally... partitions) {
        return RunTally.of(Bounds.DEFAULT, List.of(partitions));
    }

    // What only the whole run can tell

    @Test
    void aStoredTimeIsSettledByAnExchangeOfAnotherPartition() {
        PartitionTally reader = new PartitionTally();
        reader.open(open(1, false, Attribution.UNEXPLAINED, CONTROL, CANDIDATE, 1));
        assertThat(whole(reader).differenceGroups())
                .extracting(DifferenceGroup::attribution)
                .containsExactly(Attribution.UNEXPLAINED);
        assertThat(whole(reader, ran()).differenceGroups())
                .extracting(DifferenceGroup::attribution)
                .containsExactly(Attribution.CLOCK);
    }

    @Test
    void whatIsSettledIsCountedAsItIsInTheEnd() {
        PartitionTally reader = ran();
        reader.open(open(1, false, Attribution.UNEXPLAINED, CONTROL, CANDIDATE + 3_600 * SECOND, 1));
        reader.open(open(2, false, Attribution.UNEXPLAINED, CONTROL, CANDIDATE, 1));
        RunTally run = whole(reader);
        assertThat(run.differenceGroups())
                .extracting(DifferenceGroup::attribution, DifferenceGroup::count)
                .containsExactly(tuple(Attribution.UNEXPLAINED, 1L), tuple(Attribution.CLOCK, 1L));
        assertThat(run.blindPaths())
                .extracting(BlindPath::counts)
                .containsExactly(new OddCounts("q_1", "v", "", 0, 0, 0, 1));
    }

    @Test
    void summingChangesNoPartition() {
        PartitionTally reader = ran();
        reader.open(open(1, false, Attribution.UNEXPLAINED, CONTROL, CANDIDATE, 1));
        assertThat(whole(reader).differenceGroups()).isEqualTo(whole(reader).differenceGroups());
        assertThat(whole(reader).differenceGroups())
                .extracting(DifferenceGroup::count)
                .containsExactly(1L);
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 0"})
    void anExchangeThatTheEnvironmentChangedIsCountedOnce(boolean countedBefore, long exchanges) {
        PartitionTally reader = ran();
        reader.open(open(1, countedBefore, Attribution.ENVIRONMENT, PRODUCTION, CONTROL + 3_600 * SECOND, 2));
        assertThat(whole(reader).environmentExchanges()).isEqualTo(exchanges);
    }

    @Test
    void aClockIsNoEnvironment() {
        PartitionTally reader = ran();
        reader.open(open(1, false, Attribution.ENVIRONMENT, PRODUCTION, CONTROL, 2));
        RunTally run = whole(reader);
        assertThat(run.environmentExchanges()).isZero();
        assertThat(run.differenceGroups())
                .extracting(DifferenceGroup::attribution)
                .containsExactly(Attribution.CLOCK);
    }

    @Test
    void whatCanWaitNoLongerIsWhatItIs() {
        Bounds tight = new Bounds(9, 9, 9, 9_000, 9, 9, 1, 9, 9);
        PartitionTally reader = new PartitionTally(tight);
        reader.ranBaselineToCandidate(at(CONTROL), at(CANDIDATE));
        reader.open(open(2, false, Attribution.UNEXPLAINED, CONTROL, CANDIDATE, 1));
        reader.open(open(1, false, Attribution.UNEXPLAINED, CONTROL, CANDIDATE, 1));
        assertThat(RunTally.of(tight, List.of(reader)).differenceGroups())
                .extracting(DifferenceGroup::attribution, DifferenceGroup::count)
                .containsExactly(tuple(Attribution.UNEXPLAINED, 1L), tuple(Attribution.CLOCK, 1L));
    }

    // Of how many comparisons a difference is

    private static RunTally folded(Outcome... outcomes) {
        Catalog catalog = Catalogs.catalog(500).table("t", "*id int4", "v int4").build();
        OutcomeFold fold = OutcomeFold.of(
                Runs.of(catalog)
                        .arm(Arm.CONTROL, catalog)
                        .arm(Arm.CANDIDATE, catalog)
                        .start(),
                true);
        PartitionTally tally = new PartitionTally();
        for (Outcome outcome : outcomes) {
            fold.add(outcome, tally);
        }
        return whole(tally);
    }

    private static ByteBuf numbers(int... values) {
        Answers answer = answer().columns(column("v", 23));
        for (int value : values) {
            answer.row(Integer.toString(value));
        }
        return answer.done("SELECT " + values.length).ready();
    }

    private static Outcome outcome(int ordinal, ByteBuf baseline, ByteBuf candidate) {
        return exchange(query("SELECT v FROM t ORDER BY id"), baseline)
                .id(1, ordinal)
                .control(baseline)
                .candidate(candidate)
                .build();
    }

    @Test
    void valuesAndRowsAreOfAllRowsErrorsOfAllAnswers() {
        RunTally run = folded(
                outcome(0, numbers(1, 2, 3), numbers(1, 2, 4)),
                outcome(
                        1,
                        numbers(5, 6),
                        answer().error("42501", "permission denied").ready()));
        assertThat(run.differenceGroups())
                .extracting(DifferenceGroup::type, DifferenceGroup::compared)
                .containsExactlyInAnyOrder(
                        tuple(DifferenceClass.VALUE_NUMERIC, 5L), tuple(DifferenceClass.ERROR_NEW, 2L));
    }

    @Test
    void aMissingRowIsOfAllRows() {
        RunTally run = folded(outcome(0, numbers(1, 2, 3), numbers(1, 2)));
        assertThat(run.differenceGroups())
                .extracting(DifferenceGroup::type, DifferenceGroup::compared)
                .containsExactly(tuple(DifferenceClass.ROW_MISSING, 3L));
    }

    @Test
    void anAnswerWithoutRowsIsStillOneComparison() {
        RunTally run = folded(outcome(0, numbers(), numbers(1)), outcome(1, numbers(), numbers()));
        assertThat(run.differenceGroups())
                .extracting(DifferenceGroup::type, DifferenceGroup::compared)
                .containsExactly(tuple(DifferenceClass.ROW_EXTRA, 2L));
    }

    @Test
    void ofAnObjectNoComparisonsAreKnown() {
        RunTally run = folded(outcome(0, numbers(1, 2), numbers(1, 2)));
        run.groups().add(observed().in("").at("public.t").build(), "old", "new");
        assertThat(run.differenceGroups()).extracting(DifferenceGroup::compared).containsExactly(0L);
    }

    @Test
    void aBlindPathIsOfAllRowsOfItsStatement() {
        ByteBuf baseline = numbers(1, 2, 3);
        RunTally run = folded(exchange(query("SELECT v FROM t ORDER BY id"), baseline)
                .control(numbers(1, 2, 4))
                .candidate(numbers(1, 2, 5))
                .build());
        assertThat(run.blindPaths()).singleElement().satisfies(path -> {
            assertThat(path.comparisons()).isEqualTo(3);
            assertThat(path.counts().fingerprint()).isEqualTo(Steps.fingerprint("SELECT v FROM t ORDER BY id"));
            assertThat(path.counts().unexplained()).isEqualTo(1);
        });
    }
}
