package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Differences.differing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Findings.At;
import dev.understudy.diff.compare.Aspect;
import dev.understudy.diff.compare.Comparison;
import dev.understudy.diff.compare.Difference;
import dev.understudy.diff.compare.Place;
import dev.understudy.diff.compare.Uncovered;
import dev.understudy.diff.difference.DifferenceClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Of the second statement, the arm's row 3 and column 2 are asked for. */
class FindingsTest {
    private static final int STEP = 1;
    private static final int ROW = 3;
    private static final int COLUMN = 2;

    /** Left rows and columns are others: only the right side's count. */
    private static Difference value(int step, int row, int column, String inside, long count) {
        return differing(new Place(Aspect.VALUE, step, row + 50, row, column + 50, column), "v" + inside, count);
    }

    private static Difference row(int step, int row, long count) {
        return differing(Place.ofRow(step, -1, row), "", count);
    }

    private static Difference step(Aspect aspect, int step) {
        return differing(Place.ofStep(aspect, step), "", 1);
    }

    private static Findings found(Difference... differences) {
        return new Findings(new Comparison(List.of(differences), List.of()));
    }

    private static final Difference VALUE = value(STEP, ROW, COLUMN, "", 1);

    private static At value(Difference asked, Difference... differences) {
        return found(differences).at(asked, ROW, COLUMN);
    }

    @Test
    void whereNothingWasFoundBothSidesHaveTheSame() {
        assertThat(value(VALUE)).isEqualTo(At.SAME);
        assertThat(Findings.NONE.at(VALUE, ROW, COLUMN)).isEqualTo(At.SAME);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 2, OTHER", "0, 3, 2, SAME", "1, 4, 2, SAME", "1, 3, 1, SAME"})
    void aValueIsOtherWhereItsOwnPlaceDiffers(int step, int row, int column, At at) {
        assertThat(value(VALUE, value(step, row, column, "", 1))).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({
        "'', .a, OTHER",
        ".a, '', OTHER",
        ".a, .a, OTHER",
        ".a, .a.b, OTHER",
        ".a.b, .a, OTHER",
        ".a, .a[*], OTHER",
        ".a, .ab, SAME",
        ".ab, .a, SAME",
        ".a, .b, SAME"
    })
    void twoMembersOfOneDocumentAreTwoThings(String asked, String found, At at) {
        assertThat(value(value(STEP, ROW, COLUMN, asked, 1), value(STEP, ROW, COLUMN, found, 1)))
                .isEqualTo(at);
    }

    @Test
    void theSameThingIsTheDifferenceThatIsThere() {
        Difference member = value(STEP, ROW, COLUMN, ".a", 1);
        Difference other = value(STEP, ROW, COLUMN, ".b", 1);
        assertThat(found(other, member).sameThing(member, ROW, COLUMN)).isSameAs(member);
        assertThat(found(other).sameThing(member, ROW, COLUMN)).isNull();
        assertThat(found(member).sameThing(member, ROW, COLUMN + 1)).isNull();
    }

    @Test
    void aValueIsOtherWhereItsRowOrColumnIsNotThere() {
        assertThat(value(VALUE, row(STEP, ROW, 1))).isEqualTo(At.OTHER);
        assertThat(value(VALUE, row(STEP, ROW + 1, 1))).isEqualTo(At.SAME);
        assertThat(value(VALUE, differing(Place.ofColumn(STEP, -1, COLUMN), "", 1)))
                .isEqualTo(At.OTHER);
        assertThat(value(VALUE, differing(Place.ofColumn(STEP, -1, COLUMN + 1), "", 1)))
                .isEqualTo(At.SAME);
    }

    @Test
    void whereDifferencesAreCountedTogetherOneMayBeThere() {
        assertThat(value(VALUE, value(STEP, ROW + 9, COLUMN, "", 2))).isEqualTo(At.UNKNOWN);
        assertThat(value(VALUE, value(STEP, ROW + 9, COLUMN + 1, "", 2))).isEqualTo(At.SAME);
        assertThat(value(VALUE, value(STEP + 1, ROW + 9, COLUMN, "", 2))).isEqualTo(At.SAME);
        assertThat(value(VALUE, row(STEP, -1, 2))).isEqualTo(At.UNKNOWN);
        assertThat(value(VALUE, row(STEP, -1, 1))).isEqualTo(At.SAME);
    }

    @Test
    void whatIsCountedTogetherMayBeAnyOfItsColumn() {
        Difference many = value(STEP, ROW, COLUMN, "", 2);
        assertThat(value(many, value(STEP, ROW + 9, COLUMN, "", 1))).isEqualTo(At.UNKNOWN);
        assertThat(value(many, row(STEP, ROW + 9, 1))).isEqualTo(At.UNKNOWN);
        assertThat(value(many, value(STEP, ROW + 9, COLUMN + 1, "", 1))).isEqualTo(At.SAME);
        assertThat(value(many, value(STEP + 1, ROW + 9, COLUMN, "", 1))).isEqualTo(At.SAME);
        assertThat(value(many, differing(Place.ofColumn(STEP, -1, COLUMN + 1), "", 1)))
                .isEqualTo(At.SAME);
        assertThat(value(many)).isEqualTo(At.SAME);
    }

    @Test
    void aRowIsOtherWhereItIsNotThere() {
        Difference asked = row(STEP, ROW, 1);
        assertThat(found(row(STEP, ROW, 1)).at(asked, ROW, -1)).isEqualTo(At.OTHER);
        assertThat(found(row(STEP, ROW + 1, 1)).at(asked, ROW, -1)).isEqualTo(At.SAME);
        assertThat(found(row(STEP - 1, ROW, 1)).at(asked, ROW, -1)).isEqualTo(At.SAME);
        assertThat(found(VALUE).at(asked, ROW, -1)).isEqualTo(At.SAME);
        assertThat(found(row(STEP, -1, 2)).at(asked, ROW, -1)).isEqualTo(At.UNKNOWN);
    }

    @Test
    void rowsThatAreCountedTogetherMayBeAny() {
        Difference many = row(STEP, ROW, 2);
        assertThat(found(row(STEP, ROW + 1, 1)).at(many, ROW, -1)).isEqualTo(At.UNKNOWN);
        assertThat(found(row(STEP + 1, ROW + 1, 1)).at(many, ROW, -1)).isEqualTo(At.SAME);
        assertThat(found(VALUE).at(many, ROW, -1)).isEqualTo(At.SAME);
    }

    @Test
    void aColumnIsTheSameOneByItsNumberElseByItsPath() {
        Difference known = differing(Place.ofColumn(STEP, 0, COLUMN), "old", 1);
        assertThat(found(differing(Place.ofColumn(STEP, 0, COLUMN), "new", 1)).at(known, -1, COLUMN))
                .isEqualTo(At.OTHER);
        assertThat(found(differing(Place.ofColumn(STEP, 0, COLUMN + 1), "old", 1))
                        .at(known, -1, COLUMN))
                .isEqualTo(At.SAME);
        assertThat(found(differing(Place.ofColumn(STEP, 0, 0), "old", 1)).at(known, -1, 0))
                .isEqualTo(At.OTHER);
        Difference gone = differing(Place.ofColumn(STEP, 0, -1), "old", 1);
        assertThat(found(differing(Place.ofColumn(STEP, 0, -1), "old", 1)).at(gone, -1, -1))
                .isEqualTo(At.OTHER);
        assertThat(found(differing(Place.ofColumn(STEP, 0, -1), "new", 1)).at(gone, -1, -1))
                .isEqualTo(At.SAME);
        assertThat(found(differing(Place.ofColumn(STEP + 1, 0, -1), "old", 1)).at(gone, -1, -1))
                .isEqualTo(At.SAME);
        assertThat(found(VALUE).at(known, -1, COLUMN)).isEqualTo(At.SAME);
    }

    @ParameterizedTest
    @EnumSource(
            value = Aspect.class,
            names = {"STATUS", "TAG", "ORDER"})
    void aWholeStatementsAspectIsOtherWhereItDiffers(Aspect aspect) {
        Difference asked = step(aspect, STEP);
        assertThat(found(step(aspect, STEP)).at(asked, -1, -1)).isEqualTo(At.OTHER);
        assertThat(found(step(aspect, STEP + 1)).at(asked, -1, -1)).isEqualTo(At.SAME);
        assertThat(found(VALUE).at(asked, -1, -1)).isEqualTo(At.SAME);
    }

    @Test
    void afterAnErrorEverythingIsOther() {
        assertThat(value(VALUE, step(Aspect.ERROR, STEP))).isEqualTo(At.OTHER);
        assertThat(value(VALUE, step(Aspect.ERROR, STEP - 1))).isEqualTo(At.OTHER);
        assertThat(value(VALUE, step(Aspect.ERROR, STEP + 1))).isEqualTo(At.SAME);
        assertThat(value(VALUE, step(Aspect.ERROR, STEP + 1), step(Aspect.ERROR, STEP - 1)))
                .isEqualTo(At.OTHER);
    }

    @Test
    void whereTheContentAsAWholeDiffersEveryPlaceDoes() {
        assertThat(value(VALUE, step(Aspect.CONTENT, STEP))).isEqualTo(At.OTHER);
        assertThat(value(VALUE, step(Aspect.CONTENT, STEP + 1))).isEqualTo(At.SAME);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "-1, true", "0, false"})
    void whatCouldNotBeComparedIsOfItsStatementOrOfAll(int step, boolean uncovered) {
        Uncovered what = new Uncovered(DifferenceClass.RUN_COVERAGE, step, "any");
        assertThat(new Findings(new Comparison(List.of(), List.of(what))).isUncovered(STEP))
                .isEqualTo(uncovered);
    }
}
