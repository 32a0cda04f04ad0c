package dev.understudy.diff.verdict;

import static dev.understudy.diff.kit.Findings.finding;
import static dev.understudy.diff.kit.Observations.observed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.exercise.Exercise;
import dev.understudy.diff.exercise.StatementCount;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import dev.understudy.diff.kit.Catalogs;
import dev.understudy.diff.kit.Observations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statement q_w writes public.t, q_r reads it. */
class RootsTest {
    private static final Exercise EXERCISE = Exercise.of(
            Catalogs.catalog(500)
                    .table("t", "*id int4", "v int4")
                    .table("log", "*id int4")
                    .build(),
            List.of(
                    new StatementCount("q_w", "update t set v = ?", 1, 1, 0, 0),
                    new StatementCount("q_r", "select v from t", 1, 1, 0, 0)),
            any -> true);

    private static Observations failed(String statement) {
        return observed().in(statement).type(DifferenceClass.ERROR_NEW).from("error 23505");
    }

    private static DifferenceGroup unexpected(Observations observation) {
        return observation.group("g_1", "c_1", GroupDisposition.UNEXPECTED, 0);
    }

    private static String root(String path, DifferenceGroup... answers) {
        boolean cell = path.indexOf('.') < path.lastIndexOf('.');
        DifferenceClass type = cell ? DifferenceClass.STATE_CELL : DifferenceClass.STATE_ROW_MISSING;
        return Roots.of(finding(type, path, Attribution.MIGRATION), List.of(answers), EXERCISE);
    }

    @ParameterizedTest
    @CsvSource({"public.t, error 23505", "public.t.v, error 23505", "public.log, ''", "public.log.id, ''"})
    void aWriteThatFailedIsTheRootOfItsTablesDifferences(String path, String root) {
        assertThat(root(path, unexpected(failed("q_w")))).isEqualTo(root);
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR_NEW, error 23505",
        "ERROR_GONE, error 23505",
        "DML_AFFECTED_ROWS, error 23505",
        "DML_RETURNING, error 23505",
        "VALUE_NUMERIC, ''",
        "ROW_MISSING, ''"
    })
    void aFailureOrAnotherNumberOfRowsIsARootAWrongValueIsNone(DifferenceClass type, String root) {
        assertThat(root("public.t", unexpected(failed("q_w").type(type)))).isEqualTo(root);
    }

    @Test
    void whatReadsTheTableIsNoRoot() {
        assertThat(root("public.t", unexpected(failed("q_r")))).isEmpty();
    }

    @Test
    void whatIsNotTheMigrationsIsNoRootAndHasNone() {
        assertThat(root("public.t", failed("q_w").group("g_1", "c_1", GroupDisposition.ATTRIBUTED, 0)))
                .isEmpty();
        assertThat(Roots.of(
                        finding(DifferenceClass.STATE_CELL, "public.t.v", Attribution.CLOCK),
                        List.of(unexpected(failed("q_w"))),
                        EXERCISE))
                .isEmpty();
    }

    @Test
    void theFirstWithAKnownOriginIsIt() {
        assertThat(root(
                        "public.t",
                        unexpected(failed("q_w").from("")),
                        unexpected(failed("q_w").from("error 42501")),
                        unexpected(failed("q_w"))))
                .isEqualTo("error 42501");
        assertThat(root("public.t")).isEmpty();
    }
}
