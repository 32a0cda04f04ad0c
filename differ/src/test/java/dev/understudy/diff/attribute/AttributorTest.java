package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Differences.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Place;
import dev.understudy.diff.compare.Uncovered;
import dev.understudy.diff.difference.DifferenceClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The control's value in row 3 and column 2 is not the candidate's in row 5 and column 4, and what production had there. */
class AttributorTest {
    private static final Difference ARMS = differing(new Place(Aspect.VALUE, 0, 3, 5, 2, 4), "v", 1);
    private static final Difference TO_CONTROL = differing(new Place(Aspect.VALUE, 0, 9, 3, 9, 2), "v", 1);
    private static final Difference TO_CANDIDATE = differing(new Place(Aspect.VALUE, 0, 9, 5, 9, 4), "v", 1);
    private static final Explanation BY_VALUE = Explanation.byValue(Attribution.CLOCK);

    private final List<Difference> toControl = new ArrayList<>();
    private final List<Difference> toCandidate = new ArrayList<>();
    private final List<Uncovered> ofControl = new ArrayList<>();
    private final List<Uncovered> ofCandidate = new ArrayList<>();
    /** Differences from production that show a cause of their own. */
    private final List<Difference> explainedOfControl = new ArrayList<>();

    private final List<Difference> explainedOfCandidate = new ArrayList<>();

    private Attribution of(Difference difference, Explanation explanation) {
        return new Attributor(
                        new Findings(new Comparison(toControl, ofControl)),
                        new Findings(new Comparison(toCandidate, ofCandidate)))
                .of(difference, explanation, explainedOfControl::contains, explainedOfCandidate::contains);
    }

    private Attribution of(Explanation explanation) {
        return of(ARMS, explanation);
    }

    // Values

    @Test
    void whatTheControlHasAsProductionIsTheMigrations() {
        toCandidate.add(TO_CANDIDATE);
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.MIGRATION);
        assertThat(of(BY_VALUE)).as("no clock says the same twice").isEqualTo(Attribution.MIGRATION);
        assertThat(of(Explanation.proven(Attribution.CLOCK))).isEqualTo(Attribution.CLOCK);
    }

    @Test
    void whereTheControlDiffersTooTheValueMayExplainIt() {
        toControl.add(TO_CONTROL);
        toCandidate.add(TO_CANDIDATE);
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.UNEXPLAINED);
        assertThat(of(BY_VALUE)).isEqualTo(Attribution.CLOCK);
    }

    @Test
    void whatTheCandidateHasAsProductionIsChance() {
        toControl.add(TO_CONTROL);
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.NONDETERMINISTIC);
        toCandidate.add(TO_CANDIDATE);
        explainedOfCandidate.add(TO_CANDIDATE);
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.NONDETERMINISTIC);
    }

    @Test
    void whereAClockExplainsTheControlTheCandidateStandsAlone() {
        toControl.add(TO_CONTROL);
        toCandidate.add(TO_CANDIDATE);
        explainedOfControl.add(TO_CONTROL);
        explainedOfCandidate.add(TO_CANDIDATE);
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.MIGRATION);
    }

    @Test
    void aRowThatProductionDoesNotHaveExplainsNothing() {
        Difference row = differing(Place.ofRow(0, -1, 3), "", 1);
        toControl.add(row);
        toCandidate.add(TO_CANDIDATE);
        explainedOfControl.add(row);
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.UNEXPLAINED);
    }

    @Test
    void whatWasCountedTogetherTellsNothingOfOneValue() {
        toControl.add(differing(new Place(Aspect.VALUE, 0, 8, 8, 2, 2), "v", 2));
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.UNEXPLAINED);
        assertThat(of(BY_VALUE)).isEqualTo(Attribution.CLOCK);
    }

    @Test
    void whereTheCandidatesDifferencesWereCountedTogetherNothingIsChance() {
        toControl.add(TO_CONTROL);
        toCandidate.add(differing(new Place(Aspect.VALUE, 0, 8, 8, 4, 4), "v", 2));
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.UNEXPLAINED);
    }

    @Test
    void whatNobodyCanDecideIsNotBlamedOnTheMigration() {
        assertThat(of(Explanation.NONE.butUndecidable())).isEqualTo(Attribution.UNEXPLAINED);
        toControl.add(TO_CONTROL);
        assertThat(of(Explanation.NONE.butUndecidable())).isEqualTo(Attribution.NONDETERMINISTIC);
    }

    // Rows of one arm

    private static Difference row(int left, int right) {
        return differing(Place.ofRow(0, left, right), "", 1);
    }

    @Test
    void theControlsRowIsLostWhereProductionHasIt() {
        assertThat(of(row(3, -1), Explanation.NONE)).isEqualTo(Attribution.MIGRATION);
        toControl.add(row(-1, 3));
        assertThat(of(row(3, -1), Explanation.NONE)).isEqualTo(Attribution.NONDETERMINISTIC);
    }

    @Test
    void theCandidatesRowIsNewWhereProductionHasItNot() {
        assertThat(of(row(-1, 5), Explanation.NONE)).isEqualTo(Attribution.NONDETERMINISTIC);
        toCandidate.add(row(-1, 5));
        assertThat(of(row(-1, 5), Explanation.NONE)).isEqualTo(Attribution.MIGRATION);
        assertThat(of(row(-1, 5), Explanation.NONE.butUndecidable())).isEqualTo(Attribution.UNEXPLAINED);
    }

    @Test
    void ofRowsThatWereCountedTogetherNothingIsKnown() {
        toControl.add(differing(Place.ofRow(0, -1, -1), "", 2));
        assertThat(of(row(3, -1), Explanation.NONE)).isEqualTo(Attribution.UNEXPLAINED);
        assertThat(of(row(-1, 5), Explanation.NONE)).isEqualTo(Attribution.NONDETERMINISTIC);
        toCandidate.add(differing(Place.ofRow(0, -1, -1), "", 2));
        assertThat(of(row(-1, 5), Explanation.NONE)).isEqualTo(Attribution.UNEXPLAINED);
    }

    // Where production's answer is not known

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutProductionsAnswerTheArmsDecideAsIfThereWereNoControl(boolean control) {
        (control ? ofControl : ofCandidate).add(new Uncovered(DifferenceClass.RUN_COVERAGE, 0, "any"));
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.MIGRATION_WITHOUT_CONTROL);
        assertThat(of(BY_VALUE)).isEqualTo(Attribution.CLOCK);
        assertThat(of(Explanation.NONE.butUndecidable())).isEqualTo(Attribution.UNEXPLAINED);
    }

    @Test
    void anotherStatementsAnswerDoesNotMatter() {
        ofControl.add(new Uncovered(DifferenceClass.RUN_COVERAGE, 1, "any"));
        assertThat(of(Explanation.NONE)).isEqualTo(Attribution.MIGRATION);
    }

    @ParameterizedTest
    @CsvSource({
        "VALUE_TIMESTAMP_SHIFT, 2, UNEXPLAINED",
        "VALUE_TIMESTAMP_PRECISION, 2, UNEXPLAINED",
        "VALUE_TIMESTAMP_SHIFT, 1, MIGRATION_WITHOUT_CONTROL",
        "VALUE_NUMERIC, 2, MIGRATION_WITHOUT_CONTROL"
    })
    void timesThatAreCountedTogetherMayHoldClocks(DifferenceClass type, long count, Attribution attribution) {
        assertThat(Attributor.withoutControl(differing(type, count), Explanation.NONE))
                .isEqualTo(attribution);
    }
}
