package dev.understudy.diff.attribute;

import static dev.understudy.diff.kit.Answers.answer;
import static dev.understudy.diff.kit.Columns.column;
import static dev.understudy.diff.kit.Exchanges.exchange;
import static dev.understudy.diff.kit.Requests.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.compare.ServerCatalog;
import dev.understudy.diff.kit.Answers;
import dev.understudy.diff.statement.Statements;
import dev.understudy.pgwire.message.Field;
import org.junit.jupiter.api.Test;

/** An answer of which every row changed. */
class ManyChangesTest {
    private static final Field V = column("v", 23);

    @Test
    void manyChangedRowsAreCountedWithoutBeingHeld() {
        int rows = 100_000;
        Answers before = answer().columns(V);
        Answers after = answer().columns(V);
        for (int i = 0; i < rows; i++) {
            before.row(Integer.toString(i));
            after.row(Integer.toString(i + 1_000_000));
        }
        ServerCatalog catalog = new ServerCatalog(null);
        JudgedOutcome judged = new OutcomeJudge(new Servers(catalog, null, catalog), new Statements())
                .judge(exchange(
                                query("SELECT v FROM t"),
                                before.done("SELECT " + rows).ready())
                        .candidate(after.done("SELECT " + rows).ready())
                        .build());
        assertThat(judged.differences()).hasSizeLessThan(25_000);
        assertThat(judged.differences().stream()
                        .mapToLong(found -> found.difference().count())
                        .sum())
                .isEqualTo(rows);
    }
}
