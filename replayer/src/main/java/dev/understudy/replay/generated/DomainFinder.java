package dev.understudy.replay.generated;

import dev.understudy.pgwire.sql.SqlLexer;
import dev.understudy.pgwire.sql.TokenKind;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.replay.access.ColumnNames;
import dev.understudy.replay.access.StatementColumns;
import dev.understudy.replay.access.StatementColumns.Origin;
import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows what a catalog says about columns, by foreign keys, inheritance, views and defaults, to where values come from. */
final class DomainFinder {
    /** What backends may have taken from a sequence before the catalog was read, and given out later, in its caches. */
    private static final long CACHES = 1_000;
    /** Larger caches count as this. */
    private static final long MAX_CACHE = 1_000_000;
    /** Columns are followed that far. */
    private static final int MAX_STEPS = 20;

    private static final Set<String> VOLATILE = Set.of(
            "gen_random_uuid",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7",
            "random",
            "nextval",
            "txid_current",
            "pg_current_xact_id");
    private static final Set<String> CLOCKS = Set.of(
            "now",
            "clock_timestamp",
            "statement_timestamp",
            "transaction_timestamp",
            "current_timestamp",
            "localtimestamp");

    private final Catalog catalog;
    private final Map<String, Catalog.Relation> relations = new HashMap<>();
    private final Map<String, Domain> sequences = new HashMap<>();
    private final Map<String, String> owned = new HashMap<>();
    private final Map<String, String> references = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> volatileFunctions = new HashSet<>(VOLATILE);
    private final Map<String, Domain> domains = new HashMap<>();
    private final Map<String, Column> columns = new HashMap<>();
    private boolean freeSequences;

    DomainFinder(Catalog catalog) {
        this.catalog = catalog;
        catalog.relations().forEach(relation -> relations.put(relation.qualifiedName(), relation));
        catalog.functions().forEach(function -> {
            if (function.volatility() == 'v') {
                volatileFunctions.add(function.name());
            }
        });
        findSequences();
        constraints();
        for (Catalog.Relation relation : catalog.relations()) {
            for (Catalog.Attribute attribute : relation.attributes()) {
                String name = relation.qualifiedName() + "." + attribute.name();
                Domain domain = KeyValues.isKeyType(attribute.typeOid()) ? domain(relation, attribute, 0) : null;
                if (domain != null) {
                    columns.put(name, new Column(name, attribute.typeOid(), domain));
                }
            }
        }
    }

    Map<String, Column> columns() {
        return columns;
    }

    Map<String, Domain> sequences() {
        return sequences;
    }

    private void findSequences() {
        Set<String> used = new HashSet<>();
        for (Catalog.Relation relation : catalog.relations()) {
            for (Catalog.Attribute attribute : relation.attributes()) {
                String name =
                        attribute.defaultValue() == null ? null : SequenceNames.ofDefault(attribute.defaultValue());
                if (name != null) {
                    used.add(name.substring(name.indexOf('.') + 1));
                }
            }
        }
        Set<String> twice = new HashSet<>();
        for (Catalog.Sequence sequence : catalog.sequences()) {
            Domain domain = Domain.sequence(
                    sequence.qualifiedName(),
                    SequenceStarts.next(sequence),
                    CACHES * Math.min(sequence.cache(), MAX_CACHE),
                    sequence.increment());
            sequences.put(sequence.qualifiedName(), domain);
            if (sequences.put(sequence.name(), domain) != null) {
                twice.add(sequence.name());
            }
            if (sequence.ownedBy() != null) {
                owned.put(sequence.ownedBy(), sequence.qualifiedName());
            }
            freeSequences |= sequence.ownedBy() == null && !used.contains(sequence.name());
        }
        twice.forEach(sequences::remove);
    }

    private void constraints() {
        for (Catalog.Constraint constraint : catalog.constraints()) {
            String table = constraint.schema() + "." + constraint.relation();
            if (constraint.kind() == 'f' && constraint.referenced() != null) {
                int count = Math.min(
                        constraint.columns().size(),
                        constraint.referencedColumns().size());
                for (int i = 0; i < count; i++) {
                    String child = name(table, constraint.columns().get(i));
                    String parent = name(
                            constraint.referenced(),
                            constraint.referencedColumns().get(i));
                    if (child != null && parent != null && !child.equals(parent)) {
                        references.putIfAbsent(child, parent);
                    }
                }
            } else if ((constraint.kind() == 'p' || constraint.kind() == 'u')
                    && constraint.columns().size() == 1) {
                String column = name(table, constraint.columns().get(0));
                if (column != null) {
                    keys.add(column);
                }
            }
        }
        catalog.indexes().stream()
                .filter(index -> index.unique() && index.columns().size() == 1)
                .forEach(index -> {
                    String column = name(
                            index.schema() + "." + index.relation(),
                            index.columns().get(0));
                    if (column != null) {
                        keys.add(column);
                    }
                });
    }

    private @Nullable String name(String table, int number) {
        Catalog.Relation relation = relations.get(table);
        if (relation != null) {
            for (Catalog.Attribute attribute : relation.attributes()) {
                if (attribute.number() == number) {
                    return table + "." + attribute.name();
                }
            }
        }
        return null;
    }

    private @Nullable Domain domain(Catalog.Relation relation, Catalog.Attribute attribute, int steps) {
        String name = relation.qualifiedName() + "." + attribute.name();
        Domain known = domains.get(name);
        if (known != null || steps > MAX_STEPS) {
            return known;
        }
        Domain domain = found(relation, attribute, name, steps);
        if (domain != null) {
            domains.put(name, domain);
        }
        return domain;
    }

    private @Nullable Domain found(Catalog.Relation relation, Catalog.Attribute attribute, String name, int steps) {
        if (relation.kind() == 'v' || relation.kind() == 'm') {
            return ofView(relation, attribute, steps);
        }
        String referenced = references.get(name);
        if (referenced != null) {
            return of(referenced, steps);
        }
        String sequence = owned.get(name);
        if (attribute.identity() != Catalog.NONE && sequence != null) {
            return sequences.get(sequence);
        }
        String expression = attribute.generated() == Catalog.NONE ? attribute.defaultValue() : null;
        String drawn = expression == null ? null : SequenceNames.ofDefault(expression);
        if (drawn != null) {
            return sequences.get(drawn);
        }
        for (String parent : relation.parents()) {
            Domain inherited = of(parent + "." + attribute.name(), steps);
            if (inherited != null) {
                return inherited;
            }
        }
        boolean key = keys.contains(name);
        if (expression != null && (calls(expression, volatileFunctions) || key && calls(expression, CLOCKS))) {
            return Domain.column(name);
        }
        if (attribute.typeOid() == PgType.UUID.oid()) {
            return Domain.key(name);
        }
        boolean chosen = expression == null && key && KeyValues.isInteger(attribute.typeOid());
        return chosen && freeSequences ? Domain.key(name) : null;
    }

    private @Nullable Domain of(String column, int steps) {
        int dot = column.lastIndexOf('.');
        Catalog.Relation relation = relations.get(column.substring(0, dot));
        if (relation != null) {
            for (Catalog.Attribute attribute : relation.attributes()) {
                if (attribute.name().equals(column.substring(dot + 1))) {
                    return domain(relation, attribute, steps + 1);
                }
            }
        }
        return null;
    }

    private @Nullable Domain ofView(Catalog.Relation view, Catalog.Attribute attribute, int steps) {
        String query = view.definition();
        int index = view.attributes().indexOf(attribute);
        List<@Nullable Origin> origins = query == null ? List.of() : StatementColumns.origins(query, names());
        Origin origin = index < origins.size() ? origins.get(index) : null;
        if (origin == null) {
            return null;
        }
        Domain found = null;
        for (Catalog.Relation relation : catalog.relations()) {
            boolean named = relation.name().equals(origin.table())
                    && (origin.schema().isEmpty() || origin.schema().equals(relation.schema()));
            if (named) {
                Domain domain = of(relation.qualifiedName() + "." + origin.column(), steps);
                if (domain == null || found != null && found != domain) {
                    return null;
                }
                found = domain;
            }
        }
        return found;
    }

    /** Names as a view's query writes them: those of the search path stand without a schema. */
    private ColumnNames names() {
        return (schema, table) -> {
            List<List<String>> found = new ArrayList<>();
            for (Catalog.Relation relation : catalog.relations()) {
                if (relation.name().equals(table) && (schema.isEmpty() || schema.equals(relation.schema()))) {
                    found.add(relation.attributes().stream()
                            .map(Catalog.Attribute::name)
                            .toList());
                }
            }
            return found.size() == 1 ? found.get(0) : List.of();
        };
    }

    private static boolean calls(String expression, Set<String> functions) {
        for (SqlLexer lexer = new SqlLexer(expression); lexer.next(); ) {
            if (lexer.kind() == TokenKind.WORD && functions.contains(lexer.name())) {
                return true;
            }
        }
        return false;
    }
}
