package dev.understudy.diff.exercise;

import dev.understudy.trace.catalog.Catalog;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * By how many statements of a trace each relation, column and function was read and written, and how many of those were
 * compared. By the statements' texts: what a text does not tell counts as not exercised.
 */
public final class Exercise {
    private static final int COUNTS = 6;

    private final Map<String, long[]> relations = new TreeMap<>();
    private final Map<String, long[]> columns = new HashMap<>();
    private final Map<String, long[]> functions = new HashMap<>();
    private final Map<String, Set<String>> writers = new HashMap<>();
    private final Map<String, Set<String>> touching = new HashMap<>();
    private final Set<String> noisyColumns = new HashSet<>();
    private final Set<String> noisyRelations = new HashSet<>();

    /**
     * How often something was touched.
     *
     * @param readInTrace statements that read it
     * @param read those of them that were compared
     * @param writtenInTrace statements that write it
     * @param written those of them that were compared
     * @param raced statements that touch it and raced
     * @param undone statements that write it and were not compared, whatever the reason
     */
    public record Counts(long readInTrace, long read, long writtenInTrace, long written, long raced, long undone) {
        /** Of what nobody touched. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        /** Both together. */
        public Counts and(Counts other) {
            return new Counts(
                    readInTrace + other.readInTrace,
                    read + other.read,
                    writtenInTrace + other.writtenInTrace,
                    written + other.written,
                    raced + other.raced,
                    undone + other.undone);
        }

        /** Whether compared statements read or wrote it. */
        public boolean isTouched() {
            return read + written > 0;
        }

        /** Whether the trace writes it and no such statement was compared. */
        public boolean lacksWrite() {
            return writtenInTrace > 0 && written == 0;
        }
    }

    private Exercise() {}

    /**
     * Counts.
     *
     * @param catalog the schema that the statements were written for
     * @param statements all forms of statements of the trace
     * @param shown whether answers showed that column, {@code schema.relation.column}, as such
     */
    public static Exercise of(Catalog catalog, Collection<StatementCount> statements, Predicate<String> shown) {
        Exercise exercise = new Exercise();
        Schema schema = new Schema(catalog);
        for (StatementCount statement : statements) {
            Touched touched = Touched.by(statement.sql(), schema, shown);
            exercise.add(statement, touched);
        }
        return exercise;
    }

    private void add(StatementCount statement, Touched touched) {
        count(relations, touched.read(), touched.written(), statement);
        count(columns, touched.columnsRead(), touched.columnsWritten(), statement);
        count(functions, touched.called(), Set.of(), statement);
        for (String relation : touched.written()) {
            writers.computeIfAbsent(relation, any -> new TreeSet<>()).add(statement.fingerprint());
        }
        Set<String> all = new TreeSet<>(touched.read());
        all.addAll(touched.written());
        touching.put(statement.fingerprint(), Set.copyOf(all));
        if (touched.isNoisy()) {
            noisyColumns.addAll(touched.columnsWritten());
            noisyRelations.addAll(touched.written());
        }
    }

    private static void count(
            Map<String, long[]> counts, Set<String> read, Set<String> written, StatementCount statement) {
        Set<String> all = new TreeSet<>(read);
        all.addAll(written);
        for (String name : all) {
            long[] sums = counts.computeIfAbsent(name, any -> new long[COUNTS]);
            boolean reads = read.contains(name);
            boolean writes = written.contains(name);
            sums[0] += reads ? statement.seen() : 0;
            sums[1] += reads ? statement.compared() : 0;
            sums[2] += writes ? statement.seen() : 0;
            sums[3] += writes ? statement.compared() : 0;
            sums[4] += statement.raced();
            sums[5] += writes ? statement.seen() - statement.compared() : 0;
        }
    }

    /** A relation's, by schema.name. */
    public Counts relation(String name) {
        return counts(relations, name);
    }

    /** A column's, by schema.relation.column. */
    public Counts column(String name) {
        return counts(columns, name);
    }

    /** A function's, by its signature. */
    public Counts function(String signature) {
        return counts(functions, signature);
    }

    /** The relations that statements touch. */
    public Set<String> relations() {
        return relations.keySet();
    }

    /** The fingerprints of the statements that write a relation. */
    public Set<String> writers(String relation) {
        return writers.getOrDefault(relation, Set.of());
    }

    /** Whether statements that write a column or a relation ask a clock or chance. */
    public boolean isNoisy(String name) {
        return noisyColumns.contains(name) || noisyRelations.contains(name);
    }

    /** The relations that a statement touches. */
    public Set<String> touchedBy(String fingerprint) {
        return touching.getOrDefault(fingerprint, Set.of());
    }

    /** Of several together. */
    public Counts relations(List<String> names) {
        return names.stream().map(this::relation).reduce(Counts.NONE, Counts::and);
    }

    private static Counts counts(Map<String, long[]> counts, String name) {
        long[] sums = counts.get(name);
        return sums == null ? Counts.NONE : new Counts(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    }
}
