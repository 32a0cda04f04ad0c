package dev.understudy.diff.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnTallyTest {
    private static final ColumnId A = new ColumnId(10, 1);
    private static final ColumnId B = new ColumnId(10, 2);
    private static final ColumnId C = new ColumnId(11, 1);

    private final KeptPieces kept = new KeptPieces();

    private static ColumnTally tally(int maxColumns, ColumnId... read) {
        ColumnTally tally = new ColumnTally(maxColumns);
        for (ColumnId column : read) {
            tally.add(Set.of(column), false, true);
        }
        return tally;
    }

    private static ColumnCounts counts(ColumnTally tally, ColumnId column) {
        return tally.counts(column.relation(), column.attribute());
    }

    @Test
    void readingAndWritingAreCountedApartAndWhatWasComparedOfEach() {
        ColumnTally tally = new ColumnTally(9);
        tally.add(Set.of(A, B), false, true);
        tally.add(Set.of(A), false, false);
        tally.add(Set.of(A), true, true);
        tally.add(Set.of(A), true, false);
        tally.add(Set.of(A), true, false);
        assertThat(counts(tally, A)).isEqualTo(new ColumnCounts(2, 1, 3, 1));
        assertThat(counts(tally, B)).isEqualTo(new ColumnCounts(1, 1, 0, 0));
        assertThat(counts(tally, C)).isEqualTo(ColumnCounts.NONE);
    }

    @Test
    void beyondTheBoundNothingIsKnownWhateverCameFirst() {
        for (ColumnTally tally : new ColumnTally[] {tally(2, C, B, A), tally(2, A, B, C, C), tally(2, B, C, A)}) {
            assertThat(counts(tally, A)).isEqualTo(new ColumnCounts(1, 1, 0, 0));
            assertThat(counts(tally, B)).isEqualTo(new ColumnCounts(1, 1, 0, 0));
            assertThat(counts(tally, C)).isEqualTo(ColumnCounts.NONE);
            assertThat(tally.cutoff()).isEqualTo(C);
        }
    }

    @Test
    void talliesAddUp() {
        ColumnTally sum = tally(9, A, B);
        ColumnTally other = tally(9, B, C);
        other.add(Set.of(B), true, true);
        sum.add(other);
        assertThat(counts(sum, A)).isEqualTo(new ColumnCounts(1, 1, 0, 0));
        assertThat(counts(sum, B)).isEqualTo(new ColumnCounts(2, 2, 1, 1));
        assertThat(counts(sum, C)).isEqualTo(new ColumnCounts(1, 1, 0, 0));
    }

    @Test
    void whatOnePartLostTheSumDoesNotKnowEither() {
        ColumnTally sum = tally(2, C);
        sum.add(tally(2, A, B, C));
        assertThat(counts(sum, C)).isEqualTo(ColumnCounts.NONE);
        assertThat(counts(sum, B)).isEqualTo(new ColumnCounts(1, 1, 0, 0));
    }

    @Test
    void whatAPartLostTheSumDoesNotKnowWhateverRoomThereIs() {
        ColumnTally part = new ColumnTally(9);
        part.cutAt(B);
        ColumnTally sum = tally(9, A, B, C);
        sum.add(part);
        assertThat(counts(sum, A)).isEqualTo(new ColumnCounts(1, 1, 0, 0));
        assertThat(counts(sum, B)).isEqualTo(ColumnCounts.NONE);
        assertThat(counts(sum, C)).isEqualTo(ColumnCounts.NONE);
    }

    @Test
    void onlyWhatChangedIsKeptAndItComesBackAsItWas() {
        ColumnTally tally = tally(9, A, B);
        tally.takeChanges(kept);
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder("10.1", "10.2");
        tally.takeChanges(kept);
        assertThat(kept.takeChanged()).isEmpty();
        tally.add(Set.of(B), true, false);
        tally.takeChanges(kept);
        assertThat(kept.takeChanged()).containsExactly("10.2");

        ColumnTally back = new ColumnTally(9);
        kept.all(TallyEntry.ColumnSums.class).forEach(back::restore);
        back.takeChanges(kept);
        assertThat(kept.takeChanged()).isEmpty();
        assertThat(counts(back, A)).isEqualTo(counts(tally, A));
        assertThat(counts(back, B)).isEqualTo(new ColumnCounts(1, 1, 1, 0));
        back.add(Set.of(A), false, true);
        back.takeChanges(kept);
        assertThat(kept.takeChanged()).containsExactly("10.1");
    }

    @Test
    void whatIsMergedIsToBeKept() {
        ColumnTally sum = tally(9, A, B);
        sum.takeChanges(kept);
        kept.takeChanged();
        sum.add(tally(9, B));
        sum.takeChanges(kept);
        assertThat(kept.takeChanged()).containsExactly("10.2");
    }

    @Test
    void whatLaysBeyondTheBoundStaysThereAfterwards() {
        ColumnTally tally = tally(2, B, C);
        tally.takeChanges(kept);
        tally.add(Set.of(A), false, true);
        tally.takeChanges(kept);
        ColumnTally back = new ColumnTally(2);
        back.cutAt(tally.cutoff());
        kept.all(TallyEntry.ColumnSums.class).forEach(back::restore);
        assertThat(counts(back, C)).isEqualTo(ColumnCounts.NONE);
        assertThat(counts(back, B)).isEqualTo(new ColumnCounts(1, 1, 0, 0));
    }
}
