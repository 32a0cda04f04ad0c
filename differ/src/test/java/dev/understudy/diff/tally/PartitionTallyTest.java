package dev.understudy.diff.tally;

import static dev.understudy.diff.kit.Observations.observed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.attribute.Window;
import dev.understudy.diff.group.Occurrence;
import dev.understudy.trace.entry.ExchangeId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionTallyTest {
    private static final long SECOND = 1_000_000;

    private final KeptPieces kept = new KeptPieces();

    static Stream<Arguments> runs() {
        return Stream.of(Bounds.DEFAULT, SpreadRun.TIGHT)
                .flatMap(bounds -> Stream.of(1L, 2L).map(seed -> Arguments.of(seed, bounds)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void whereOutcomesWereFoldedDoesNotShow(long seed, Bounds bounds) {
        SpreadRun run = new SpreadRun(seed, bounds);
        assertThat(run.spread()).isEqualTo(run.whole());
    }

    private static Window second(long second) {
        return new Window(second * SECOND, second * SECOND + 7);
    }

    private void keep(PartitionTally tally) {
        tally.takeChanges(kept, kept::gone);
    }

    @Test
    void progressIsKept() {
        PartitionTally tally = new PartitionTally();
        tally.progress(new Progress(17, 4, 1, 2, 99));
        keep(tally);
        assertThat(PartitionTally.restore(Bounds.DEFAULT, kept.all()).progress())
                .isEqualTo(new Progress(17, 4, 1, 2, 99));
    }

    @Test
    void mergedPartitionsWereReadTogether() {
        PartitionTally sum = new PartitionTally();
        sum.progress(new Progress(17, 4, 1, 2, 99));
        PartitionTally other = new PartitionTally();
        other.progress(new Progress(20, 5, 0, 1, 1));
        other.environmentExchange();
        sum.environmentExchange();
        sum.add(other);
        assertThat(sum.progress()).isEqualTo(new Progress(0, 0, 1, 3, 100));
        assertThat(sum.environment()).isEqualTo(2);
    }

    @Test
    void whatLiesBeyondBoundsIsKnownToTheNextProcessToo() {
        PartitionTally tally = new SpreadRun(1, SpreadRun.TIGHT).folded();
        keep(tally);
        TallyEntry.Sums sums = kept.all(TallyEntry.Sums.class).get(0);
        assertThat(List.of(
                        sums.bounds().path(),
                        sums.bounds().blindPath(),
                        sums.bounds().statement(),
                        sums.bounds().sqlState(),
                        sums.bounds().column(),
                        sums.bounds().claim(),
                        sums.bounds().failure()))
                .doesNotContainNull();
        assertThat(sums.levels().values()).allSatisfy(level -> assertThat(level).isGreaterThan(13));
        keep(PartitionTally.restore(SpreadRun.TIGHT, List.of(sums)));
        assertThat(kept.all(TallyEntry.Sums.class)).containsExactly(sums);
    }

    @Test
    void nothingKeptIsAnEmptyTally() {
        PartitionTally tally = PartitionTally.restore(Bounds.DEFAULT, List.of());
        assertThat(tally.progress()).isEqualTo(Progress.NONE);
        assertThat(tally.coverage().exchanges()).isZero();
    }

    @Test
    void piecesWithoutTheirSumsAreRefused() {
        List<TallyEntry> pieces = List.of(new TallyEntry.TableSums("public.t", 1, 1));
        assertThatThrownBy(() -> PartitionTally.restore(Bounds.DEFAULT, pieces))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pieces=1")
                .hasMessageContaining("sums");
    }

    @Test
    void onlyTheSumsAreWrittenWhereNothingChanged() {
        PartitionTally tally = new PartitionTally();
        tally.count(new Occurrence(
                observed().by(Attribution.UNEXPLAINED).build(), new ExchangeId(1, 1), 0, 0, "", "1", "2"));
        tally.ranBaselineToCandidate(second(1), second(2));
        keep(tally);
        assertThat(kept.all())
                .extracting(piece -> piece.name().kind())
                .containsExactlyInAnyOrder("group", "odd", "windows", "sums");
        kept.takeChanged();
        keep(tally);
        assertThat(kept.takeChanged()).containsExactly("");
    }

    @Test
    void aLongTimelineIsWrittenInPiecesAndNoneReplacesAnother() {
        PartitionTally tally = new PartitionTally();
        int exchanges = 12_000;
        for (int i = 0; i < exchanges; i++) {
            tally.ranBaselineToCandidate(second(i), second(20_000 + i));
        }
        tally.ranProductionToControl(second(5), second(7_000_000));
        keep(tally);
        tally.ranBaselineToCandidate(second(exchanges), second(20_000 + exchanges));
        keep(tally);
        assertThat(kept.all(TallyEntry.Windows.class))
                .extracting(windows -> windows.entries().size())
                .containsExactlyInAnyOrder(5_000, 5_000, 2_000, 1, 1);

        PartitionTally back = PartitionTally.restore(Bounds.DEFAULT, kept.all());
        for (int i = 0; i <= exchanges; i += 100) {
            long left = i * SECOND + 3;
            assertThat(back.baselineToCandidate().explains(left, (20_000 + i) * SECOND + 3))
                    .as("exchange " + i)
                    .isTrue();
        }
        assertThat(back.baselineToCandidate().explains(5 * SECOND + 3, 7_000_000 * SECOND + 3))
                .isFalse();
        back.ranBaselineToCandidate(second(99_999), second(99_999));
        kept.takeChanged();
        keep(back);
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder("5", "");
        assertThat(kept.all(TallyEntry.Windows.class)).hasSize(6);
    }
}
