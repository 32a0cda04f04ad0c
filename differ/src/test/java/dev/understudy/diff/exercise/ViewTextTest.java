package dev.understudy.diff.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a, b FROM t                              | 0 | SELECT  a FROM t",
                "SELECT a, b FROM t                              | 1 | SELECT  b FROM t",
                "SELECT a, b FROM t WHERE a IN (1, 2)            | 1 | SELECT  b FROM t WHERE a IN (1, 2)",
                "SELECT COALESCE(a, b) AS c, d FROM t, u         | 1 | SELECT  d FROM t, u",
                "SELECT ARRAY[a, b] AS c, d FROM t               | 1 | SELECT  d FROM t",
                "SELECT EXTRACT(year FROM a) AS c, d FROM t      | 1 | SELECT  d FROM t",
                "SELECT a IS DISTINCT FROM b AS c, d FROM t      | 1 | SELECT  d FROM t",
                "SELECT a FROM (SELECT 1 UNION SELECT 2) x(a)    | 0 | SELECT  a FROM (SELECT 1 UNION SELECT 2) x(a)",
            })
    void aColumnReadsItsItemAndWhatDecidesWhichRowsThereAre(String query, int position, String reading) {
        assertThat(ViewText.of(query).reading(position).replaceAll(" +", " ")).isEqualTo(reading.replaceAll(" +", " "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t UNION SELECT b FROM u",
                "SELECT a FROM t INTERSECT ALL SELECT b FROM u",
                "SELECT a FROM t EXCEPT SELECT b FROM u",
                "WITH x AS (SELECT a FROM t) SELECT a, b FROM x",
                "VALUES (1, 2)",
                "SELECT 1 AS a",
                ""
            })
    void whereItemsAreNotKnownEveryColumnReadsTheWhole(String query) {
        assertThat(ViewText.of(query).reading(0)).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aColumnThatTheListDoesNotShowReadsTheWhole(int position) {
        String query = "SELECT t.* FROM t";
        assertThat(ViewText.of(query).reading(position)).isEqualTo(query);
    }
}
