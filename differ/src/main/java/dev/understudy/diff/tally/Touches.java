package dev.understudy.diff.tally;

import dev.understudy.diff.attribute.ComparedStep;
import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.Write;
import dev.understudy.pgwire.message.Field;
import dev.understudy.pgwire.message.RowDescription;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of the database statements touch, by the names that a catalog knows. Remembers; belongs to one thread. */
final class Touches {
    /** Statements remembered. */
    private static final int MAX_REMEMBERED = 20_000;

    private final Map<String, List<Catalog.Relation>> byName = new HashMap<>();
    private final Map<String, Remembered> remembered = new HashMap<>();

    /**
     * What statements touch.
     *
     * @param tables the tables and views that they mention, as schema.name
     * @param written the columns that they give values to
     * @param read the columns that production's answers show
     */
    record Touched(Set<String> tables, Set<ColumnId> written, Set<ColumnId> read) {
        static final Touched NOTHING = new Touched(Set.of(), Set.of(), Set.of());
    }

    /** What a statement touched when its answer had that shape. */
    private record Remembered(@Nullable RowDescription shape, Touched touched) {
        boolean isOf(@Nullable RowDescription other) {
            return Objects.equals(shape, other);
        }
    }

    Touches(List<Catalog.Relation> relations) {
        Map<String, List<Catalog.Relation>> unqualified = new HashMap<>();
        for (Catalog.Relation relation : relations) {
            if ("rpvmf".indexOf(relation.kind()) >= 0) {
                byName.put(relation.qualifiedName(), List.of(relation));
                unqualified
                        .computeIfAbsent(relation.name(), any -> new ArrayList<>())
                        .add(relation);
            }
        }
        unqualified.forEach((name, all) -> {
            List<Catalog.Relation> inPublic = byName.get("public." + name);
            byName.put(name, inPublic != null ? inPublic : all);
        });
    }

    /** What an exchange's statements touch, each once. */
    Touched of(List<ComparedStep> steps) {
        if (steps.size() == 1) {
            return of(steps.get(0));
        }
        if (steps.isEmpty()) {
            return Touched.NOTHING;
        }
        Touched all = new Touched(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (ComparedStep step : steps) {
            Touched touched = of(step);
            all.tables().addAll(touched.tables());
            all.written().addAll(touched.written());
            all.read().addAll(touched.read());
        }
        return all;
    }

    private Touched of(ComparedStep step) {
        StatementFacts facts = step.facts();
        Remembered known = remembered.get(facts.fingerprint());
        if (known != null && known.isOf(step.shape())) {
            return known.touched();
        }
        Touched touched = known == null
                ? new Touched(tables(facts), written(facts), read(step.shape()))
                : new Touched(known.touched().tables(), known.touched().written(), read(step.shape()));
        if (known != null || remembered.size() < MAX_REMEMBERED) {
            remembered.put(facts.fingerprint(), new Remembered(step.shape(), touched));
        }
        return touched;
    }

    private static Set<ColumnId> read(@Nullable RowDescription shape) {
        Set<ColumnId> columns = new HashSet<>();
        if (shape != null) {
            for (Field field : shape.fields()) {
                if (field.relationOid() != 0) {
                    columns.add(new ColumnId(field.relationOid(), field.attributeNumber()));
                }
            }
        }
        return Set.copyOf(columns);
    }

    private Set<String> tables(StatementFacts facts) {
        Set<String> tables = new HashSet<>();
        for (String table : facts.tables()) {
            byName.getOrDefault(table, List.of()).forEach(relation -> tables.add(relation.qualifiedName()));
        }
        return Set.copyOf(tables);
    }

    private Set<ColumnId> written(StatementFacts facts) {
        Set<ColumnId> written = new HashSet<>();
        for (Write write : facts.writes()) {
            for (Catalog.Relation relation : byName.getOrDefault(write.table(), List.of())) {
                for (Catalog.Attribute attribute : relation.attributes()) {
                    if (write.columns().isEmpty() || write.columns().contains(attribute.name())) {
                        written.add(new ColumnId(relation.oid(), attribute.number()));
                    }
                }
            }
        }
        return Set.copyOf(written);
    }
}
