package dev.understudy.diff.verdict;

import dev.understudy.diff.statement.StatementFacts;
import dev.understudy.trace.catalog.Catalog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables that statements touch, by the names that a catalog knows. Remembers; belongs to one thread. */
final class Tables {
    /** Statements remembered. */
    private static final int MAX_REMEMBERED = 20_000;

    private final Map<String, List<String>> byName = new HashMap<>();
    private final Set<String> qualified = new HashSet<>();
    private final Map<String, Set<String>> remembered = new LinkedHashMap<>();

    Tables(List<Catalog.Relation> relations) {
        Map<String, Set<String>> names = new HashMap<>();
        for (Catalog.Relation relation : relations) {
            if ("rpvmf".indexOf(relation.kind()) >= 0) {
                qualified.add(relation.qualifiedName());
                names.computeIfAbsent(relation.name(), any -> new HashSet<>()).add(relation.qualifiedName());
            }
        }
        names.forEach((name, all) -> byName.put(
                name,
                all.size() > 1 && all.contains("public." + name)
                        ? List.of("public." + name)
                        : all.stream().sorted().toList()));
    }

    /** The tables and views that a statement mentions, as schema.name. */
    Set<String> touched(StatementFacts facts) {
        Set<String> known = remembered.get(facts.fingerprint());
        if (known == null) {
            known = new HashSet<>();
            for (String table : facts.tables()) {
                if (qualified.contains(table)) {
                    known.add(table);
                } else {
                    known.addAll(byName.getOrDefault(table, List.of()));
                }
            }
            if (remembered.size() < MAX_REMEMBERED) {
                remembered.put(facts.fingerprint(), Set.copyOf(known));
            }
        }
        return known;
    }
}
