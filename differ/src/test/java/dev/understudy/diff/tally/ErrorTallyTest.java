package dev.understudy.diff.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.report.ErrorCount;
import dev.understudy.pgwire.message.ServerMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorTallyTest {
    private final KeptPieces kept = new KeptPieces();

    private static List<ServerMessage> errors(String... states) {
        return List.of(states).stream()
                .map(state -> new ServerMessage(Map.of('C', state)))
                .toList();
    }

    /** Each once on the candidate. */
    private static ErrorTally tally(int maxSqlStates, String... states) {
        ErrorTally tally = new ErrorTally(maxSqlStates);
        for (String state : states) {
            tally.addCandidate(errors(state));
        }
        return tally;
    }

    private void keep(ErrorTally tally) {
        tally.takeChanges(kept, kept.gone(TallyEntry.ErrorSums.KIND));
    }

    @Test
    void countsBySqlStateAndSide() {
        ErrorTally tally = new ErrorTally(9);
        tally.addBaseline(errors("23505", "23505", "42P01"));
        tally.addCandidate(errors("23505", "08P01"));
        assertThat(tally.all())
                .containsExactly(
                        new ErrorCount("08P01", 0, 1), new ErrorCount("23505", 2, 1), new ErrorCount("42P01", 1, 0));
    }

    @Test
    void thoseBeyondTheBoundAreCountedTogetherWhateverCameFirst() {
        for (ErrorTally tally : List.of(tally(2, "3", "2", "1", "2"), tally(2, "1", "2", "2", "3"))) {
            assertThat(tally.all())
                    .containsExactly(
                            new ErrorCount("1", 0, 1), new ErrorCount("2", 0, 2), new ErrorCount("other", 0, 1));
            assertThat(tally.cutoff()).isEqualTo("3");
        }
    }

    @Test
    void talliesAddUpAndWhatIsCountedTogetherToo() {
        ErrorTally sum = tally(2, "2", "3");
        ErrorTally other = tally(2, "1", "2", "3");
        other.addBaseline(errors("2", "4"));
        sum.add(other);
        assertThat(sum.all())
                .containsExactly(new ErrorCount("1", 0, 1), new ErrorCount("2", 1, 2), new ErrorCount("other", 1, 2));
    }

    @Test
    void anErrorOfTheBaselineAloneIsCountedWithOthersToo() {
        ErrorTally sum = tally(1, "1");
        ErrorTally other = tally(1, "1");
        other.addBaseline(errors("2"));
        sum.add(other);
        assertThat(sum.all()).containsExactly(new ErrorCount("1", 0, 2), new ErrorCount("other", 1, 0));
    }

    @Test
    void whatAPartCountedTogetherTheSumDoesTooWhateverRoomThereIs() {
        ErrorTally part = new ErrorTally(9);
        part.cutAt("2");
        ErrorTally sum = tally(9, "1", "3");
        sum.add(part);
        assertThat(sum.all()).containsExactly(new ErrorCount("1", 0, 1), new ErrorCount("other", 0, 1));
    }

    @Test
    void onlyWhatChangedIsKeptAndItComesBackAsItWas() {
        ErrorTally tally = tally(9, "1", "2");
        keep(tally);
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder("1", "2");
        tally.addBaseline(errors("2"));
        keep(tally);
        assertThat(kept.takeChanged()).containsExactly("2");

        ErrorTally back = new ErrorTally(9);
        kept.all(TallyEntry.ErrorSums.class).forEach(back::restore);
        keep(back);
        assertThat(kept.takeChanged()).isEmpty();
        assertThat(back.all()).isEqualTo(tally.all());
        back.addBaseline(errors("1"));
        keep(back);
        assertThat(kept.takeChanged()).containsExactly("1");
    }

    @Test
    void nothingIsKeptOfNothing() {
        ErrorTally tally = tally(1, "1");
        keep(tally);
        kept.takeChanged();
        tally.add(new ErrorTally(1));
        keep(tally);
        assertThat(kept.takeChanged()).isEmpty();
        assertThat(tally.all()).hasSize(1);
    }

    @Test
    void aSqlStateThatIsCountedWithOthersIsGone() {
        ErrorTally tally = tally(2, "2", "3");
        keep(tally);
        kept.takeChanged();
        tally.addCandidate(errors("1"));
        keep(tally);
        assertThat(kept.takeGone()).containsExactly("3");
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder("1", "other");
        keep(tally);
        assertThat(kept.takeGone()).isEmpty();

        ErrorTally back = new ErrorTally(2);
        back.cutAt(tally.cutoff());
        kept.all(TallyEntry.ErrorSums.class).forEach(back::restore);
        assertThat(back.all()).isEqualTo(tally.all());
        back.addCandidate(errors("0", "3"));
        keep(back);
        assertThat(kept.takeGone()).containsExactly("2");
        assertThat(back.all()).last().isEqualTo(new ErrorCount("other", 0, 3));
    }

    @Test
    void whatWasNeverKeptCannotBeGone() {
        ErrorTally tally = tally(1, "3", "2", "1");
        keep(tally);
        assertThat(kept.takeGone()).isEmpty();
    }
}
