package dev.understudy.diff.tally;

import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.diff.statement.StatementFacts.Write;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of the database statements touch, by the names that a catalog knows. Remembers; belongs to one thread. */
final class Touches {
    /** Statements remembered. */
    private static final int MAX_REMEMBERED = 20_000;

    private final Map<String, List<Catalog.Relation>> byName = new HashMap<>();
    private final Map<String, Touched> remembered = new HashMap<>();

    /**
     * What a statement touches by its text.
     *
     * @param tables the tables and views that it mentions, as schema.name
     * @param written the columns that it gives values to
     */
    record Touched(Set<String> tables, Set<ColumnId> written) {}

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
            byName.put(name, all.size() > 1 && inPublic != null ? inPublic : all);
        });
    }

    Touched of(StatementFacts facts) {
        Touched known = remembered.get(facts.fingerprint());
        if (known == null) {
            known = new Touched(tables(facts), written(facts));
            if (remembered.size() < MAX_REMEMBERED) {
                remembered.put(facts.fingerprint(), known);
            }
        }
        return known;
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
