package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Comparisons;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which columns of two results belong together (chapter 55.7, RowDescription). */
class ColumnPairingTest {
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int T = 16_400;
    private static final Catalog OLD =
            Catalogs.catalog(T).table(T, "t", "*id int4", "a int4", "b int4").build();
    private static final Catalog RENAMED =
            Catalogs.catalog(T).table(T, "t", "*id int4", "x int4", "b int4").build();

    private static ByteBuf empty(Field... columns) {
        return answer().columns(columns).done("SELECT 0").ready();
    }

    private static List<Difference> compare(Catalog after, Field[] left, Field... right) {
        return Comparisons.compare("SELECT * FROM t", empty(left), OLD, empty(right), after)
                .differences();
    }

    private static Field[] columns(Field... columns) {
        return columns;
    }

    @Test
    void aColumnOfOneOriginIsRenamedWhereverItStands() {
        assertThat(compare(
                        RENAMED,
                        columns(column("id", INT4, T, 1), column("a", INT4, T, 2)),
                        column("x", INT4, T, 2),
                        column("id", INT4, T, 1)))
                .extracting(Difference::type, Difference::transition)
                .containsExactlyInAnyOrder(
                        tuple(DifferenceClass.SHAPE_COLUMN_RENAMED, "a → x"),
                        tuple(DifferenceClass.SHAPE_COLUMN_REORDERED, "reordered"));
    }

    @Test
    void columnsOfTwoOriginsInOnePlaceAreTwo() {
        assertThat(compare(OLD, columns(column("a", INT4, T, 2)), column("b", INT4, T, 3)))
                .extracting(Difference::type, Difference::before, Difference::after, Difference::origin)
                .containsExactly(
                        tuple(DifferenceClass.SHAPE_COLUMN_DROPPED, "a int4", "", "public.t.a"),
                        tuple(DifferenceClass.SHAPE_COLUMN_ADDED, "", "b int4", "public.t.b"));
    }

    @Test
    void inOnePlaceAndOfOneTypeAColumnIsRenamedWhereNothingTellsItsOrigin() {
        assertThat(compare(OLD, columns(column("a", INT4)), column("b", INT4)))
                .extracting(Difference::type, Difference::before, Difference::after, Difference::path)
                .containsExactly(tuple(DifferenceClass.SHAPE_COLUMN_RENAMED, "a int4", "b int4", "a"));
        assertThat(compare(OLD, columns(column("a", INT4, T, 2)), column("b", INT4)))
                .as("an expression instead")
                .extracting(Difference::type)
                .containsExactly(DifferenceClass.SHAPE_COLUMN_RENAMED);
        assertThat(compare(OLD, columns(column("a", INT4)), column("b", INT4, T, 3)))
                .as("a column instead")
                .extracting(Difference::type)
                .containsExactly(DifferenceClass.SHAPE_COLUMN_RENAMED);
        assertThat(compare(OLD, columns(column("a", INT4)), column("b", TEXT)))
                .as("of another type")
                .extracting(Difference::type)
                .containsExactly(DifferenceClass.SHAPE_COLUMN_DROPPED, DifferenceClass.SHAPE_COLUMN_ADDED);
        assertThat(compare(OLD, columns(column("a", INT4)), column("b", INT4), column("c", INT4)))
                .as("of another width")
                .extracting(Difference::type)
                .containsExactly(
                        DifferenceClass.SHAPE_COLUMN_DROPPED,
                        DifferenceClass.SHAPE_COLUMN_ADDED,
                        DifferenceClass.SHAPE_COLUMN_ADDED);
    }

    @Test
    void ofColumnsOfOneNameThoseOfOneOriginBelongTogether() {
        Field[] left = columns(column("n", INT4, T, 2), column("n", INT4, T, 3));
        assertThat(compare(OLD, left, column("n", INT4, T, 3), column("n", INT4, T, 2)))
                .extracting(Difference::type)
                .containsExactly(DifferenceClass.SHAPE_COLUMN_REORDERED);
        assertThat(compare(OLD, left, column("n", INT4, T, 3)))
                .extracting(Difference::type, Difference::origin)
                .containsExactly(tuple(DifferenceClass.SHAPE_COLUMN_DROPPED, "public.t.a"));
    }
}
