package dev.understudy.diff.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The forms of PostgreSQL's reference of INSERT, UPDATE, MERGE and COPY. */
class WrittenColumnsTest {
    private static final Set<String> ALL = Set.of();

    private static Map<String, Set<String>> written(String sql) {
        return StatementReader.read(sql).writes().stream()
                .collect(Collectors.toMap(StatementFacts.Write::table, StatementFacts.Write::columns));
    }

    @Test
    void insertNamesItsColumnsOrWritesAll() {
        assertThat(written("INSERT INTO t (a, \"B\") VALUES (1, f(2, 3))")).isEqualTo(Map.of("t", Set.of("a", "B")));
        assertThat(written("INSERT INTO s.t AS x (a) SELECT b FROM u")).isEqualTo(Map.of("s.t", Set.of("a")));
        assertThat(written("INSERT INTO t VALUES (1)")).isEqualTo(Map.of("t", ALL));
        assertThat(written("INSERT INTO t (SELECT 1)")).isEqualTo(Map.of("t", ALL));
        assertThat(written("INSERT INTO t DEFAULT VALUES")).isEqualTo(Map.of("t", ALL));
        assertThat(written("INSERT INTO t (a[1], c.d) VALUES (1, 2)")).isEqualTo(Map.of("t", Set.of("a", "c")));
    }

    @Test
    void onConflictWritesToTheSameTable() {
        assertThat(written(
                        "INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.b, c = 2 WHERE t.d"))
                .isEqualTo(Map.of("t", Set.of("a", "b", "c")));
    }

    @Test
    void updateNamesItsAssignments() {
        assertThat(written("UPDATE ONLY t AS x SET a = x.b + (SELECT max(c) FROM u), d = 1 FROM u WHERE e = 2"))
                .isEqualTo(Map.of("t", Set.of("a", "d")));
        assertThat(written("UPDATE t SET (a, b) = (1, 2), c[3] = 4 RETURNING d"))
                .isEqualTo(Map.of("t", Set.of("a", "b", "c")));
        assertThat(written("UPDATE s.t * SET a = 1; SELECT b, c FROM u")).isEqualTo(Map.of("s.t", Set.of("a")));
        assertThat(written("SELECT 1; UPDATE t SET a = 1")).isEqualTo(Map.of("t", Set.of("a")));
    }

    @Test
    void whatAnAssignmentIsComputedFromDoesNotEndIt() {
        assertThat(written("UPDATE t SET a = CASE WHEN b THEN 1 ELSE 2 END, c = d IS DISTINCT FROM e, f = 3"))
                .isEqualTo(Map.of("t", Set.of("a", "c", "f")));
        assertThat(written(
                        "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = CASE WHEN u.b THEN 1 END"
                                + " WHEN NOT MATCHED THEN INSERT (id, b) VALUES (u.id, 1)"))
                .isEqualTo(Map.of("t", Set.of("a", "id", "b")));
        assertThat(written("UPDATE t SET a = (CASE b WHEN 1 THEN 2 END) FROM u, v WHERE c = 1"))
                .isEqualTo(Map.of("t", Set.of("a")));
    }

    @Test
    void anUpdateMayBePreparedOrExplained() {
        for (String before : List.of("EXPLAIN ", "EXPLAIN ANALYZE ", "EXPLAIN (ANALYZE) ", "PREPARE p AS ")) {
            assertThat(written(before + "UPDATE t SET a = 1")).as(before).isEqualTo(Map.of("t", Set.of("a")));
        }
    }

    @Test
    void mergeWritesByBothBranches() {
        assertThat(written("MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.a"
                        + " WHEN NOT MATCHED THEN INSERT (id, b) VALUES (u.id, 1)"))
                .isEqualTo(Map.of("t", Set.of("a", "id", "b")));
        assertThat(written("MERGE INTO ONLY t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.a"))
                .isEqualTo(Map.of("t", Set.of("a")));
    }

    @Test
    void copyInWritesAndCopyOutDoesNot() {
        assertThat(written("COPY t (a, b) FROM STDIN")).isEqualTo(Map.of("t", Set.of("a", "b")));
        assertThat(written("COPY s.t FROM STDIN WITH (FORMAT csv)")).isEqualTo(Map.of("s.t", ALL));
        assertThat(written("COPY t (a) TO STDOUT")).isEmpty();
        assertThat(written("COPY (SELECT 1) TO STDOUT")).isEmpty();
        assertThat(written("COPY (INSERT INTO t (a) VALUES (1) RETURNING a) TO STDOUT"))
                .isEqualTo(Map.of("t", Set.of("a")));
    }

    @Test
    void whatStandsInCommonTableExpressionsCounts() {
        assertThat(written("WITH x AS (UPDATE t SET a = 1 RETURNING b) INSERT INTO u (c) SELECT b FROM x"))
                .isEqualTo(Map.of("t", Set.of("a"), "u", Set.of("c")));
    }

    @Test
    void whatOnlyReadsWritesNothing() {
        assertThat(written("SELECT a FROM t WHERE b = 1 FOR NO KEY UPDATE")).isEmpty();
        assertThat(written("SELECT a FROM t FOR UPDATE")).isEmpty();
        assertThat(written("DELETE FROM t WHERE a = 1")).isEmpty();
        assertThat(written("GRANT UPDATE (a) ON t TO r")).isEmpty();
        assertThat(written("CREATE TRIGGER x AFTER INSERT OR UPDATE OF a ON t EXECUTE FUNCTION f()"))
                .isEmpty();
    }
}
