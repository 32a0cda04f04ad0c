package dev.understudy.diff.compare;

import static dev.understudy.diff.kit.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.kit.Comparisons;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COPY of a query keeps the query's order; COPY of a table has none. */
class CopyOrderTest {
    private static ByteBuf lines(String... lines) {
        return answer().copyOut(lines).done("COPY " + lines.length).ready();
    }

    @Test
    void theQuerysOrderIsTheLines() {
        String sql = "COPY (SELECT a, b FROM t ORDER BY a) TO STDOUT";
        assertThat(Comparisons.compare(sql, lines("1\tx\n", "2\ty\n"), lines("2\ty\n", "1\tx\n"))
                        .differences())
                .extracting(Difference::type)
                .containsExactly(DifferenceClass.ROW_ORDER_CHANGED);
        assertThat(Comparisons.compare(sql, lines("1\tx\n", "1\ty\n"), lines("1\ty\n", "1\tx\n")))
                .isEqualTo(Comparison.SAME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COPY t TO STDOUT                                  | ''",
                "COPY (SELECT a FROM t WHERE b IN (1)) TO STDOUT   | SELECT a FROM t WHERE b IN (1)",
                "copy ( table t ) to stdout                        | ' table t '",
                "COPY (SELECT ')' FROM t) TO STDOUT                | SELECT ')' FROM t",
                "COPY (SELECT a                                    | ''",
                "SELECT (1)                                        | ''",
            })
    void theQueryIsReadFromTheText(String sql, String query) {
        assertThat(CopyQuery.of(sql)).isEqualTo(query);
    }
}
