package dev.understudy.diff.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.statement.StatementFacts.SelectItem;
import dev.understudy.diff.statement.StatementFacts.SortKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatementReaderTest {
    private final Statements statements = new Statements();

    @Test
    void itemsStandWhereTheirColumnsDo() {
        StatementFacts facts = statements.of("SELECT DISTINCT ON (a) a, count(*) AS n, now() - b, t.* FROM t");
        assertThat(facts.items())
                .extracting(SelectItem::text)
                .containsExactly("a", "count ( * )", "now ( ) - b", "t . *");
        assertThat(facts.items()).extracting(SelectItem::star).containsExactly(false, false, false, true);
        assertThat(facts.items().get(2).functions()).containsExactly("now");
    }

    @Test
    void returningHasItemsToo() {
        StatementFacts facts = statements.of("INSERT INTO t (a) VALUES (gen_random_uuid()) RETURNING id, now()");
        assertThat(facts.verb()).isEqualTo("insert");
        assertThat(facts.isDml()).isTrue();
        assertThat(facts.items()).extracting(SelectItem::functions).containsExactly(Set.of(), Set.of("now"));
    }

    @Test
    void aUnionsColumnsAreNoItems() {
        assertThat(statements.of("SELECT random() FROM t UNION SELECT 1").items())
                .isEmpty();
    }

    @Test
    void theVerbStandsBehindWith() {
        assertThat(statements.of("WITH x AS (SELECT 1) UPDATE t SET a = 1").verb())
                .isEqualTo("update");
        assertThat(statements
                        .of("WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x")
                        .verb())
                .isEqualTo("select");
    }

    @Test
    void sortKeysAreNamesNumbersOrExpressions() {
        StatementFacts facts = statements.of("SELECT a, b FROM t ORDER BY a DESC NULLS LAST, 2, t.c, lower(d) USING <");
        assertThat(facts.isOrdered()).isTrue();
        assertThat(facts.order())
                .containsExactly(
                        new SortKey(0, "a", "a", Set.of(), Set.of("a")),
                        new SortKey(2, "", "2", Set.of(), Set.of()),
                        new SortKey(0, "c", "t . c", Set.of(), Set.of("t", "c")),
                        new SortKey(0, "", "lower ( d )", Set.of("lower"), Set.of("d")));
    }

    @Test
    void quotedNamesAreRead() {
        assertThat(statements.of("SELECT \"A b\" FROM t ORDER BY \"A b\"").order())
                .containsExactly(new SortKey(0, "A b", "\"A b\"", Set.of(), Set.of("A b")));
    }

    @Test
    void aStarsColumnsLieBetweenTheItemsAroundIt() {
        StatementFacts facts = statements.of("SELECT id, t.*, random() AS r FROM t");
        assertThat(facts.itemAt(0, 5)).isEqualTo(facts.items().get(0));
        assertThat(facts.itemAt(1, 5)).isNull();
        assertThat(facts.itemAt(3, 5)).isNull();
        assertThat(facts.itemAt(4, 5)).isEqualTo(facts.items().get(2));
        StatementFacts two = statements.of("SELECT a.*, random(), b.* FROM a, b");
        assertThat(two.itemAt(1, 3)).isNull();
        assertThat(two.itemAt(2, 3)).isNull();
    }

    @Test
    void noTextIsNoStatement() {
        assertThat(statements.of("")).isEqualTo(StatementFacts.NONE);
        assertThat(statements.of("-- nothing").carriesData()).isFalse();
    }

    @Test
    void textsThatDifferInConstantsHaveOneFingerprintAndTheirOwnFacts() {
        StatementFacts one = statements.of("SELECT a FROM t WHERE b = 1 ORDER BY 1");
        StatementFacts other = statements.of("SELECT a FROM t WHERE b = 2 ORDER BY 1");
        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    }
}
