package dev.understudy.diff.tally;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.OutcomeBatch;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private static OutcomeBatch batch(long seq, int outcomes) {
        Outcome outcome =
                exchange(query("SELECT 1"), answer().done("SELECT 1").ready()).build();
        return new OutcomeBatch(0, seq, Collections.nCopies(outcomes, outcome));
    }

    @Test
    void batchesInTheirOrderLeaveNothingMissing() {
        Progress progress = Progress.NONE.plus(batch(0, 3)).plus(batch(1, 4)).at(17);
        assertThat(progress).isEqualTo(new Progress(17, 2, 0, 0, 7));
    }

    @Test
    void aBatchThatNeverCameIsMissing() {
        Progress progress = Progress.NONE.plus(batch(2, 1)).plus(batch(3, 1)).plus(batch(5, 1));
        assertThat(progress).isEqualTo(new Progress(0, 6, 3, 0, 3));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "2, true", "3, true"})
    void aBatchThatWasTakenInIsNotNew(long seq, boolean isNew) {
        Progress progress = Progress.NONE.plus(batch(0, 1)).plus(batch(1, 1));
        assertThat(progress.isNew(batch(seq, 1))).isEqualTo(isNew);
    }

    @Test
    void whatCannotBeReadIsCountedAndNothingElseChanges() {
        assertThat(new Progress(4, 3, 2, 1, 9).plusUnreadable()).isEqualTo(new Progress(4, 3, 2, 2, 9));
    }

    @Test
    void partitionsAddUpWithoutOffsets() {
        assertThat(new Progress(4, 3, 2, 1, 9).plus(new Progress(5, 5, 10, 20, 30)))
                .isEqualTo(new Progress(0, 0, 12, 21, 39));
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0, 3", "2, 1, 2, 3", "2, 1, 5, 5", "0, 0, 0, 0"})
    void missingBatchesAndTheirOutcomesAreOneGap(long batches, long unreadable, long outcomes, long sum) {
        assertThat(new OutcomeGaps(batches, unreadable, outcomes).sum()).isEqualTo(sum);
    }
}
