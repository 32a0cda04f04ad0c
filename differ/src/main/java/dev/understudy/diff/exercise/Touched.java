package dev.understudy.diff.exercise;

import dev.understudy.diff.exercise.SqlNames.Write;
import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.trace.catalog.Catalog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What statements of one form touch: relations, columns ({@code schema.relation.column}) and functions, through views,
 * functions and triggers too.
 */
final class Touched {
    /** Views over views, functions that call functions. */
    private static final int MAX_DEPTH = 6;

    private final Schema schema;
    private final Predicate<String> shown;
    private final Set<String> read = new TreeSet<>();
    private final Set<String> written = new TreeSet<>();
    private final Set<String> columnsRead = new TreeSet<>();
    private final Set<String> columnsWritten = new TreeSet<>();
    private final Set<String> called = new TreeSet<>();
    private final Set<String> followed = new HashSet<>();
    private boolean noisy;

    private Touched(Schema schema, Predicate<String> shown) {
        this.schema = schema;
        this.shown = shown;
    }

    /**
     * Reads one statement's form.
     *
     * @param shown whether answers showed a column as such: decides where a bare name may be of several tables
     */
    static Touched by(String sql, Schema schema, Predicate<String> shown) {
        Touched touched = new Touched(schema, shown);
        touched.text(SqlNames.of(sql), 0);
        return touched;
    }

    /** Relations read. */
    Set<String> read() {
        return read;
    }

    /** Relations written. */
    Set<String> written() {
        return written;
    }

    /** Columns read. */
    Set<String> columnsRead() {
        return columnsRead;
    }

    /** Columns written: those that an UPDATE sets, and all of what is inserted into. */
    Set<String> columnsWritten() {
        return columnsWritten;
    }

    /** Signatures of functions that may run. */
    Set<String> called() {
        return called;
    }

    /** Whether it asks a clock or chance. */
    boolean isNoisy() {
        return noisy;
    }

    private void text(SqlNames names, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        noisy |= names.called().stream().anyMatch(Touched::isNoisy)
                || names.bare().stream().anyMatch(ServerFunctions::isClock);
        List<Catalog.Relation> relations = names.relations().stream()
                .flatMap(name -> schema.named(name).stream())
                .toList();
        names.writes().forEach(write -> write(write, depth));
        for (Catalog.Relation relation : relations) {
            boolean target = names.writes().stream()
                    .anyMatch(write -> schema.named(write.relation()).contains(relation));
            if (!target) {
                read.add(relation.qualifiedName());
            }
            if (names.star()) {
                relation.attributes().forEach(attribute -> column(relation, attribute.name(), depth));
            }
            parents(relation, target ? written : read);
        }
        for (String star : names.stars()) {
            for (Catalog.Relation relation : schema.named(names.relationOf(star))) {
                relation.attributes().forEach(attribute -> column(relation, attribute.name(), depth));
            }
        }
        names.qualified().forEach((qualifier, columns) -> {
            for (Catalog.Relation relation : schema.named(names.relationOf(qualifier))) {
                columns.forEach(column -> column(relation, column, depth));
            }
        });
        names.bare().forEach(name -> bare(relations, name, depth));
        for (String name : names.called()) {
            schema.functions(name).forEach(function -> function(function, depth));
        }
    }

    private void parents(Catalog.Relation relation, Set<String> into) {
        into.addAll(relation.parents());
    }

    private void bare(List<Catalog.Relation> relations, String name, int depth) {
        List<Catalog.Relation> having = relations.stream()
                .filter(relation -> has(relation, name))
                .distinct()
                .toList();
        for (Catalog.Relation relation : having) {
            if (having.size() == 1 || shown.test(relation.qualifiedName() + "." + name)) {
                column(relation, name, depth);
            }
        }
    }

    private void column(Catalog.Relation relation, String name, int depth) {
        if (!has(relation, name) || !columnsRead.add(relation.qualifiedName() + "." + name)) {
            return;
        }
        read.add(relation.qualifiedName());
        String definition = relation.definition();
        if (definition != null && depth < MAX_DEPTH) {
            view(relation, name, definition, depth + 1);
        }
    }

    /** What a view's column shows, and what decides which rows there are. */
    private void view(Catalog.Relation view, String column, String definition, int depth) {
        ViewText text = ViewText.of(definition);
        int position = 0;
        while (!view.attributes().get(position).name().equals(column)) {
            position++;
        }
        text(SqlNames.of(text.reading(position)), depth);
    }

    private void write(Write write, int depth) {
        for (Catalog.Relation relation : schema.named(write.relation())) {
            written.add(relation.qualifiedName());
            if (write.insert()) {
                relation.attributes()
                        .forEach(attribute -> columnsWritten.add(relation.qualifiedName() + "." + attribute.name()));
            }
            write.columns().stream()
                    .filter(column -> has(relation, column))
                    .forEach(column -> columnsWritten.add(relation.qualifiedName() + "." + column));
            String definition = relation.definition();
            if (definition != null && depth < MAX_DEPTH && followed.add("write " + relation.qualifiedName())) {
                writeThrough(write, definition, depth);
            }
            if (followed.add("triggers " + relation.qualifiedName())) {
                for (Catalog.Trigger trigger : schema.triggers(relation.qualifiedName())) {
                    text(SqlNames.of(trigger.definition()), depth + 1);
                }
            }
        }
    }

    /** A write to a simple view goes to its table (chapter CREATE VIEW, Updatable Views). */
    private void writeThrough(Write write, String definition, int depth) {
        for (String name : SqlNames.of(definition).relations()) {
            write(new Write(name, write.insert(), write.columns()), depth + 1);
        }
    }

    private void function(Catalog.Function function, int depth) {
        if (called.add(function.signature())) {
            text(SqlNames.of(Schema.body(function)), depth + 1);
        }
    }

    private static boolean isNoisy(String function) {
        return ServerFunctions.isClock(function) || ServerFunctions.isVolatile(function);
    }

    private static boolean has(Catalog.Relation relation, String column) {
        return relation.attributes().stream()
                .anyMatch(attribute -> attribute.name().equals(column));
    }
}
