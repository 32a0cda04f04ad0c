package dev.understudy.diff.group;

import static dev.understudy.diff.group.GroupDisposition.ATTRIBUTED;
import static dev.understudy.diff.group.GroupDisposition.UNCOVERED;
import static dev.understudy.diff.group.GroupDisposition.UNEXPECTED;
import static dev.understudy.diff.kit.Observations.observed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.JudgedDifference;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupOrderTest {
    /** However they come, they are shown in the order in which they stand here. */
    private static void shownInThisOrder(DifferenceGroup... groups) {
        List<DifferenceGroup> expected = List.of(groups);
        List<DifferenceGroup> reversed = new ArrayList<>(expected);
        Collections.reverse(reversed);
        assertThat(GroupOrder.sorted(reversed)).isEqualTo(expected);
        assertThat(GroupOrder.sorted(expected)).isEqualTo(expected);
    }

    private static DifferenceGroup counted(long count, String id, String cluster) {
        return observed().times(count).group(id, cluster, UNEXPECTED, 0);
    }

    @Test
    void unexpectedBeforeAttributedBeforeUncoveredWhateverTheirSeverity() {
        shownInThisOrder(
                observed().severity(Severity.MINOR).group("g_3", "c_3", UNEXPECTED, 0),
                observed().severity(Severity.MAJOR).group("g_2", "c_2", ATTRIBUTED, 0),
                observed().severity(Severity.BLOCKER).times(9).group("g_1", "c_1", UNCOVERED, 0));
    }

    @Test
    void theWorstFirstHoweverFewTheyAre() {
        shownInThisOrder(
                observed().severity(Severity.BLOCKER).group("g_3", "c_3", UNEXPECTED, 0),
                observed().severity(Severity.MAJOR).times(9).group("g_2", "c_2", UNEXPECTED, 0),
                observed().severity(Severity.MINOR).times(99).group("g_1", "c_1", UNEXPECTED, 0));
    }

    @Test
    void aClusterCountsAsAWhole() {
        shownInThisOrder(
                counted(6, "g_4", "c_b"),
                counted(5, "g_3", "c_b"),
                counted(10, "g_2", "c_a"),
                counted(1, "g_1", "c_c"));
    }

    @Test
    void clustersOfOneSizeAreNotMixed() {
        shownInThisOrder(
                counted(6, "g_4", "c_a"), counted(4, "g_2", "c_a"), counted(7, "g_3", "c_b"), counted(3, "g_1", "c_b"));
    }

    @Test
    void inAClusterTheDatabaseThenWhatIsProvenThenWhatIsComputedFromIt() {
        String computed = JudgedDifference.DERIVED + "public.t.v";
        shownInThisOrder(
                observed().type(DifferenceClass.STATE_CELL).group("g_4", "c_1", UNEXPECTED, 0),
                observed().from("public.t.v").times(2).group("g_3", "c_1", UNEXPECTED, 0),
                observed().from(computed).times(9).group("g_2", "c_1", UNEXPECTED, 0),
                observed().times(8).group("g_1", "c_1", UNEXPECTED, 0));
    }

    @Test
    void ofEqualsTheIdDecides() {
        shownInThisOrder(counted(2, "g_1", "c_1"), counted(2, "g_2", "c_1"));
    }
}
