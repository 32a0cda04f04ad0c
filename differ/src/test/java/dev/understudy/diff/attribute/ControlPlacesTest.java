package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Differences.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control's row 3 and column 2 of the second statement: what both arms have otherwise than production. */
class ControlPlacesTest {
    private static final int STEP = 1;

    private static Comparison found(Difference... differences) {
        return new Comparison(List.of(differences), List.of());
    }

    /** Between the arms: the control is the left side. */
    private static Difference ofArms(int step, int row, int column, String inside) {
        return differing(new Place(Aspect.VALUE, step, row, 80, column, 80), "v" + inside, 1);
    }

    /** Between production and the control, which is the right side. */
    private static Difference ofProduction(int step, int row, int column, String inside) {
        return differing(new Place(Aspect.VALUE, step, 90, row, 90, column), "v" + inside, 1);
    }

    private static boolean touch(Difference toControl, Difference... found) {
        return new ControlPlaces(found(found), Comparison.SAME).touch(toControl);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 2, .a, true",
        "0, 3, 2, .a, false",
        "1, 4, 2, .a, false",
        "1, 3, 1, .a, false",
        "1, 3, 2, .b, false"
    })
    void aPlaceWhereTheArmsDifferIsJudgedThere(int step, int row, int column, String inside, boolean judged) {
        assertThat(touch(ofProduction(STEP, 3, 2, ".a"), ofArms(step, row, column, inside)))
                .isEqualTo(judged);
    }

    @Test
    void whereTheArmsAgreeNothingIsJudged() {
        assertThat(touch(ofProduction(STEP, 3, 2, ""))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, false"})
    void behindAnErrorOfAnArmEverythingIs(int step, boolean judged) {
        assertThat(touch(ofProduction(STEP, 3, 2, ""), differing(Place.ofStep(Aspect.ERROR, step), "", 1)))
                .isEqualTo(judged);
        assertThat(touch(
                        ofProduction(STEP, 3, 2, ""),
                        differing(Place.ofStep(Aspect.ERROR, 2), "", 1),
                        differing(Place.ofStep(Aspect.ERROR, step), "", 1)))
                .isEqualTo(judged);
    }

    // Rows of production's that the control has not

    private static Difference lost(int step, int productionsRow) {
        return differing(Place.ofRow(step, productionsRow, -1), "", 1);
    }

    @Test
    void aRowThatBothArmsLackIsTheEnvironments() {
        assertThat(touch(lost(STEP, 7))).as("the arms agree").isFalse();
        assertThat(new ControlPlaces(found(ofArms(STEP, 0, 0, "")), found(lost(STEP, 7))).touch(lost(STEP, 7)))
                .as("the candidate lacks it too")
                .isFalse();
    }

    @Test
    void aRowThatTheControlAloneLacksIsJudgedWithTheArms() {
        Comparison arms = found(differing(Place.ofRow(STEP, -1, 5), "", 1));
        assertThat(new ControlPlaces(arms, Comparison.SAME).touch(lost(STEP, 7)))
                .isTrue();
        assertThat(new ControlPlaces(arms, found(lost(STEP, 8))).touch(lost(STEP, 7)))
                .isTrue();
        assertThat(new ControlPlaces(arms, found(lost(STEP + 1, 7))).touch(lost(STEP, 7)))
                .isTrue();
        assertThat(new ControlPlaces(arms, found(differing(Place.ofRow(STEP, -1, 7), "", 1))).touch(lost(STEP, 7)))
                .as("a row that the candidate has more")
                .isTrue();
    }

    @Test
    void aRowOfTheControlsAloneIsJudgedWhereTheArmsDifferInIt() {
        Difference extra = differing(Place.ofRow(STEP, -1, 3), "", 1);
        assertThat(touch(extra, differing(Place.ofRow(STEP, 3, -1), "", 1))).isTrue();
        assertThat(touch(extra, differing(Place.ofRow(STEP, 4, -1), "", 1))).isFalse();
    }

    @Test
    void aLostRowBehindAnErrorIsJudged() {
        Comparison arms = found(differing(Place.ofStep(Aspect.ERROR, STEP), "", 1));
        assertThat(new ControlPlaces(arms, found(lost(STEP, 7))).touch(lost(STEP, 7)))
                .isTrue();
        assertThat(new ControlPlaces(arms, found(lost(STEP - 1, 7))).touch(lost(STEP - 1, 7)))
                .as("before it")
                .isFalse();
    }
}
