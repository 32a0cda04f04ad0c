package dev.understudy.diff.tally;

import static dev.understudy.diff.kit.Steps.fingerprint;
import static dev.understudy.diff.kit.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.exercise.StatementCount;
import dev.understudy.trace.run.Disposition;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTallyTest {
    private static final int ROOM = 10_000;
    private static final String SQL = "select v from t";
    /** Statements of one length, in the order of their fingerprints. */
    private static final List<String> ORDERED = Stream.of("a", "b", "c")
            .map(column -> "select " + column + " from t")
            .sorted(Comparator.comparing(sql -> fingerprint(sql)))
            .toList();

    private static final int WEIGHT = 200 + ORDERED.get(0).length();

    private final KeptPieces kept = new KeptPieces();

    /** Each compared once, with one row. */
    private static StatementTally tally(int maxCharacters, String... statements) {
        StatementTally tally = new StatementTally(maxCharacters);
        for (String sql : statements) {
            tally.add(step(sql, 1), Disposition.COMPARED);
        }
        return tally;
    }

    private void keep(StatementTally tally) {
        tally.takeChanges(kept, kept.gone(TallyEntry.StatementSums.KIND));
    }

    @ParameterizedTest
    @CsvSource({
        "COMPARED, 1, 0, 0, 7",
        "RACED, 0, 1, 0, 0",
        "TAINTED, 0, 0, 1, 0",
        "NOT_COMPARABLE, 0, 0, 0, 0",
        "FILTERED, 0, 0, 0, 0"
    })
    void everyStatementIsSeenAndCountedInItsClass(
            Disposition disposition, long compared, long raced, long tainted, long rows) {
        StatementTally tally = new StatementTally(ROOM);
        tally.add(step(SQL, 7), disposition);
        String name = fingerprint(SQL);
        assertThat(tally.all()).containsExactly(new StatementCount(name, SQL, 1, compared, raced, tainted));
        assertThat(tally.steps(name)).isEqualTo(compared);
        assertThat(tally.rows(name)).isEqualTo(rows);
    }

    @Test
    void rowsAreThoseOfAllThatWereCompared() {
        StatementTally tally = new StatementTally(ROOM);
        tally.add(step(SQL, 7), Disposition.COMPARED);
        tally.add(step(SQL, 5), Disposition.COMPARED);
        tally.add(step(SQL, 3), Disposition.RACED);
        assertThat(tally.rows(fingerprint(SQL))).isEqualTo(12);
        assertThat(tally.all()).containsExactly(new StatementCount(fingerprint(SQL), SQL, 3, 2, 1, 0));
    }

    @Test
    void statementsBeyondTheBoundAreCountedTogetherWhateverCameFirst() {
        String first = ORDERED.get(0);
        String second = ORDERED.get(1);
        String third = ORDERED.get(2);
        for (StatementTally tally : List.of(
                tally(2 * WEIGHT, third, second, first, second),
                tally(2 * WEIGHT, first, second, second, third),
                tally(2 * WEIGHT, second, third, second, first))) {
            assertThat(tally.all())
                    .containsExactly(
                            new StatementCount(fingerprint(first), first, 1, 1, 0, 0),
                            new StatementCount(fingerprint(second), second, 2, 2, 0, 0),
                            new StatementCount("other", "", 1, 1, 0, 0));
            assertThat(tally.cutoff()).isEqualTo(fingerprint(third));
        }
    }

    @Test
    void whatWeighsIsTheText() {
        assertThat(tally(2 * WEIGHT - 1, ORDERED.get(0), ORDERED.get(1)).all())
                .extracting(StatementCount::fingerprint)
                .containsExactly(fingerprint(ORDERED.get(0)), "other");
        assertThat(tally(2 * WEIGHT, ORDERED.get(0), ORDERED.get(1)).cutoff()).isNull();
    }

    @Test
    void anEnormousTextIsNotKept() {
        String enough = "select " + "v + ".repeat(24_990) + "v from t";
        String tooMuch = "select " + "v + ".repeat(25_000) + "v from t";
        assertThat(tally(StatementTally.MAX_CHARACTERS, enough).all().get(0).sql())
                .isEqualTo(enough);
        assertThat(tally(StatementTally.MAX_CHARACTERS, tooMuch).all())
                .containsExactly(new StatementCount(fingerprint(tooMuch), "", 1, 1, 0, 0));
    }

    @Test
    void talliesAddUpAndWhatIsCountedTogetherToo() {
        StatementTally sum = tally(2 * WEIGHT, ORDERED.get(1), ORDERED.get(2));
        StatementTally other = tally(2 * WEIGHT, ORDERED.get(0), ORDERED.get(1), ORDERED.get(2));
        other.add(step(ORDERED.get(1), 1), Disposition.RACED);
        other.add(step(ORDERED.get(1), 1), Disposition.TAINTED);
        sum.add(other);
        assertThat(sum.all())
                .containsExactly(
                        new StatementCount(fingerprint(ORDERED.get(0)), ORDERED.get(0), 1, 1, 0, 0),
                        new StatementCount(fingerprint(ORDERED.get(1)), ORDERED.get(1), 4, 2, 1, 1),
                        new StatementCount("other", "", 2, 2, 0, 0));
        assertThat(sum.rows(fingerprint(ORDERED.get(1)))).isEqualTo(2);
        assertThat(sum.rows(fingerprint(ORDERED.get(2)))).isEqualTo(2);
    }

    @Test
    void whatAPartCountedTogetherTheSumDoesTooWhateverRoomThereIs() {
        String second = ORDERED.get(1);
        String last = ORDERED.get(2);
        StatementTally part = new StatementTally(WEIGHT);
        part.cutAt(fingerprint(second));
        StatementTally sum = tally(9 * WEIGHT, last);
        sum.add(part);
        assertThat(sum.all()).containsExactly(new StatementCount("other", "", 1, 1, 0, 0));
        assertThat(sum.cutoff()).isEqualTo(fingerprint(second));
    }

    @Test
    void onlyWhatChangedIsKeptAndItComesBackAsItWas() {
        StatementTally tally = tally(ROOM, ORDERED.get(0), ORDERED.get(1));
        keep(tally);
        assertThat(kept.takeChanged())
                .containsExactlyInAnyOrder(fingerprint(ORDERED.get(0)), fingerprint(ORDERED.get(1)));
        tally.add(step(ORDERED.get(1), 4), Disposition.COMPARED);
        tally.add(step(ORDERED.get(1), 4), Disposition.RACED);
        tally.add(step(ORDERED.get(1), 4), Disposition.TAINTED);
        keep(tally);
        assertThat(kept.takeChanged()).containsExactly(fingerprint(ORDERED.get(1)));

        StatementTally back = new StatementTally(ROOM);
        kept.all(TallyEntry.StatementSums.class).forEach(back::restore);
        keep(back);
        assertThat(kept.takeChanged()).isEmpty();
        assertThat(back.all()).isEqualTo(tally.all());
        assertThat(back.rows(fingerprint(ORDERED.get(1)))).isEqualTo(5);
        back.add(step(ORDERED.get(0), 1), Disposition.COMPARED);
        keep(back);
        assertThat(kept.takeChanged()).containsExactly(fingerprint(ORDERED.get(0)));
    }

    @Test
    void aStatementThatIsCountedWithOthersIsGone() {
        StatementTally tally = tally(2 * WEIGHT, ORDERED.get(1), ORDERED.get(2));
        keep(tally);
        kept.takeChanged();
        tally.add(step(ORDERED.get(0), 1), Disposition.COMPARED);
        keep(tally);
        assertThat(kept.takeGone()).containsExactly(fingerprint(ORDERED.get(2)));
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder(fingerprint(ORDERED.get(0)), "other");
        keep(tally);
        assertThat(kept.takeGone()).isEmpty();

        StatementTally back = new StatementTally(2 * WEIGHT);
        back.cutAt(tally.cutoff());
        kept.all(TallyEntry.StatementSums.class).forEach(back::restore);
        back.add(step(ORDERED.get(2), 1), Disposition.COMPARED);
        assertThat(back.all()).last().isEqualTo(new StatementCount("other", "", 2, 2, 0, 0));
    }

    @Test
    void whatCameBackIsGoneOnceItIsCountedWithOthers() {
        StatementTally tally = tally(2 * WEIGHT, ORDERED.get(1), ORDERED.get(2));
        keep(tally);
        StatementTally back = new StatementTally(2 * WEIGHT);
        kept.all(TallyEntry.StatementSums.class).forEach(back::restore);
        back.add(step(ORDERED.get(0), 1), Disposition.COMPARED);
        keep(back);
        assertThat(kept.takeGone()).containsExactly(fingerprint(ORDERED.get(2)));
    }

    @Test
    void whatWasNeverKeptCannotBeGone() {
        StatementTally tally = tally(WEIGHT, ORDERED.get(2), ORDERED.get(1), ORDERED.get(0));
        keep(tally);
        assertThat(kept.takeGone()).isEmpty();
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder(fingerprint(ORDERED.get(0)), "other");
    }
}
