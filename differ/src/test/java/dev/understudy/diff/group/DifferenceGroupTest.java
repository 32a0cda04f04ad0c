package dev.understudy.diff.group;

import static dev.understudy.diff.kit.Observations.observed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.difference.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceGroupTest {
    private static final Sample SEEN = new Sample("1.1:5", "id=7", "5", "6");

    private static DifferenceGroup of(long count, long compared, Sample... samples) {
        return observed().times(count).group("g_1", "c_1", GroupDisposition.UNEXPECTED, compared, samples);
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 0.25", "4, 4, 1", "6, 4, 1", "3, 0, 0"})
    void theShareIsOfWhatWasComparedAndNeverMoreThanAll(long count, long compared, double share) {
        assertThat(of(count, compared).share()).isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource({
        "UNEXPECTED, BLOCKER, true",
        "UNEXPECTED, MAJOR, false",
        "UNEXPECTED, MINOR, false",
        "ATTRIBUTED, BLOCKER, false",
        "UNCOVERED, BLOCKER, false"
    })
    void onlyAnUnexpectedBlockerDecides(GroupDisposition disposition, Severity severity, boolean decides) {
        DifferenceGroup group = observed().severity(severity).group("g_1", "c_1", disposition, 0);
        assertThat(group.isUnexpectedBlocker()).isEqualTo(decides);
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEMA_INDEX, true",
        "STATE_CELL, true",
        "VALUE_NUMERIC, false",
        "ROW_MISSING, false",
        "SHAPE_COLUMN_ADDED, false",
        "ERROR_NEW, false",
        "RUN_COVERAGE, false"
    })
    void schemaAndWholeTablesAreTheDatabaseTheRestAnswers(DifferenceClass type, boolean database) {
        DifferenceGroup group = observed().type(type).group("g_1", "c_1", GroupDisposition.UNEXPECTED, 0);
        assertThat(group.isOfDatabase()).isEqualTo(database);
    }

    @Test
    void anObjectsSamplesAreRowsOfNoExchangeAndNeverEmpty() {
        DifferenceGroup group = of(
                        3,
                        0,
                        new Sample("", "id=1", "old", ""),
                        new Sample("0:0", "id=2", "", "new"),
                        new Sample("", "id=3", "", ""))
                .ofObject(12);
        assertThat(group).isEqualTo(of(3, 12, new Sample("", "id=1", "old", ""), new Sample("", "id=2", "", "new")));
    }

    @Test
    void withoutParityNobodyIsToBlameAndAllElseStays() {
        DifferenceGroup group = of(3, 12, SEEN).withDependants(4).unblamed();
        assertThat(group)
                .isEqualTo(observed()
                        .times(3)
                        .by(Attribution.UNKNOWN)
                        .group("g_1", "c_1", GroupDisposition.UNCOVERED, 12, SEEN)
                        .withDependants(4));
        assertThat(group.dependants()).isEqualTo(4);
    }

    @Test
    void itsSamplesAreItsOwn() {
        assertThat(of(1, 0, SEEN).samples()).containsExactly(SEEN).isUnmodifiable();
    }
}
