package dev.understudy.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.lab.postgres.EmbeddedDatabase;
import dev.understudy.trace.run.TableComparison;
import dev.understudy.trace.run.TableComparison.CellDifference;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Random tables with random faults, against what the sorted COPY of both sides shows: nothing is shared with the code. */
class RandomTablesIT {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
    void theComparisonSaysWhatCopiesShow(int seed) throws Exception {
        try (TwoDatabases databases = new TwoDatabases()) {
            RandomTables tables = new RandomTables(seed, databases);
            tables.create();
            check(tables, databases, seed);
            tables.damage();
            check(tables, databases, seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"13, 18", "18, 13"})
    void onTheOldestAndTheNewestServersToo(int ofControl, int ofCandidate) throws Exception {
        try (EmbeddedDatabase left = server(ofControl);
                EmbeddedDatabase right = server(ofCandidate)) {
            for (int seed = 100; seed < 105; seed++) {
                try (TwoDatabases databases = new TwoDatabases(left, right)) {
                    RandomTables tables = new RandomTables(seed, databases);
                    tables.create();
                    check(tables, databases, seed);
                    tables.damage();
                    check(tables, databases, seed);
                }
            }
        }
    }

    private static EmbeddedDatabase server(int major) throws IOException {
        return EmbeddedDatabase.startTemporary(Path.of(System.getProperty("postgres.jars"), major + ".jar"));
    }

    private static void check(RandomTables tables, TwoDatabases databases, int seed) throws Exception {
        Truth truth = Truth.of(copy(databases.control), copy(databases.candidate), tables.keyColumns);

        TableComparison found = databases.only();

        String all = "seed=" + seed + " " + found;
        assertThat(found.note()).as(all).isEmpty();
        assertThat(found.key()).as(all).hasSize(tables.keyColumns);
        assertThat(found.baselineRows()).as(all).isEqualTo(truth.before);
        assertThat(found.candidateRows()).as(all).isEqualTo(truth.after);
        assertThat(found.missing()).as(all).isEqualTo(truth.missing);
        assertThat(found.extra()).as(all).isEqualTo(truth.extra);
        Map<String, Long> cells = new TreeMap<>();
        for (CellDifference cell : found.cells()) {
            // A value of several changes is in several groups; single values are told apart by their samples' keys.
            cells.merge(cell.column(), cell.count(), Long::sum);
        }
        assertThat(cells.keySet()).as(all).isEqualTo(truth.cells.keySet());
        truth.cells.forEach((column, count) ->
                assertThat(cells.get(column)).as(column + " " + all).isGreaterThanOrEqualTo(count));
        assertThat(found.isEqual()).as(all).isEqualTo(truth.missing + truth.extra == 0 && truth.cells.isEmpty());
    }

    private static List<String[]> copy(Connection connection) throws SQLException, IOException {
        StringWriter out = new StringWriter();
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY t TO STDOUT", out);
        String[] lines = out.toString().split("\n");
        Arrays.sort(lines);
        List<String[]> rows = new ArrayList<>();
        for (String line : lines) {
            rows.add(line.split("\t", -1));
        }
        return rows;
    }

    /** What two lists of rows have in common and what not. */
    private static final class Truth {
        long before;
        long after;
        long missing;
        long extra;
        final Map<String, Long> cells = new TreeMap<>();

        static Truth of(List<String[]> before, List<String[]> after, int keyColumns) {
            Truth truth = new Truth();
            truth.before = before.size();
            truth.after = after.size();
            if (keyColumns == 0) {
                Map<String, Integer> counts = new TreeMap<>();
                before.forEach(row -> counts.merge(String.join("\t", row), 1, Integer::sum));
                after.forEach(row -> counts.merge(String.join("\t", row), -1, Integer::sum));
                counts.values().forEach(count -> {
                    truth.missing += Math.max(0, count);
                    truth.extra += Math.max(0, -count);
                });
                return truth;
            }
            Map<List<String>, String[]> left = byKey(before, keyColumns);
            Map<List<String>, String[]> right = byKey(after, keyColumns);
            left.forEach((key, row) -> {
                String[] other = right.remove(key);
                if (other == null) {
                    truth.missing++;
                } else {
                    for (int i = 0; i < row.length; i++) {
                        if (!row[i].equals(other[i])) {
                            truth.cells.merge("c" + i, 1L, Long::sum);
                        }
                    }
                }
            });
            truth.extra = right.size();
            return truth;
        }

        private static Map<List<String>, String[]> byKey(List<String[]> rows, int keyColumns) {
            Map<List<String>, String[]> byKey = new java.util.HashMap<>();
            rows.forEach(row -> byKey.put(List.of(Arrays.copyOf(row, keyColumns)), row));
            return byKey;
        }
    }
}
