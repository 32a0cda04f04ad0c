package dev.understudy.diff.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GroupDispositionTest {
    @ParameterizedTest
    @CsvSource({
        "MIGRATION, unexpected",
        "MIGRATION_WITHOUT_CONTROL, unexpected",
        "UNEXPLAINED, unexpected",
        "NONDETERMINISTIC, attributed",
        "CLOCK, attributed",
        "VOLATILE, attributed",
        "TIE, attributed",
        "LIMIT, attributed",
        "GENERATED, attributed",
        "FLOAT_SUM, attributed",
        "SETTING, attributed",
        "ENVIRONMENT, attributed",
        "UNKNOWN, uncovered"
    })
    void whatNothingElseExplainsIsUnexpected(Attribution attribution, String label) {
        assertThat(GroupDisposition.of(DifferenceClass.VALUE_TEXT, attribution).label())
                .isEqualTo(label);
    }

    @ParameterizedTest
    @EnumSource(Attribution.class)
    void whatWasNotComparedIsUncoveredWhoeverIsToBlame(Attribution attribution) {
        assertThat(GroupDisposition.of(DifferenceClass.RUN_COVERAGE, attribution))
                .isEqualTo(GroupDisposition.UNCOVERED);
    }
}
