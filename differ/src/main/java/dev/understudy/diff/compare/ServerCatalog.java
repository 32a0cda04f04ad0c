package dev.understudy.diff.compare;

import dev.understudy.diff.compare.ViewColumns.Source;
import dev.understudy.diff.statement.ServerFunctions;
import dev.understudy.diff.value.TypeCatalog;
import dev.understudy.pgwire.message.Field;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.ViewOrigins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One server's catalog, indexed for reading its answers. Immutable. */
public final class ServerCatalog {
    private static final Set<Character> VIEWS = Set.of('v', 'm');

    private final TypeCatalog types;
    private final ViewColumns views;
    private final Map<Integer, Catalog.Relation> relations = new HashMap<>();
    private final Map<String, Catalog.Relation> byName = new HashMap<>();
    /** By qualified name: the primary key first. */
    private final Map<String, List<List<Integer>>> keys = new HashMap<>();

    /** Of that catalog, without views; null knows the built-in types only. */
    public ServerCatalog(@Nullable Catalog catalog) {
        this(catalog, null);
    }

    /**
     * Of that catalog.
     *
     * @param catalog null knows the built-in types only
     * @param origins where its views' columns come from, null where that is not known
     */
    public ServerCatalog(@Nullable Catalog catalog, @Nullable ViewOrigins origins) {
        types = new TypeCatalog(catalog);
        views = new ViewColumns(origins);
        if (catalog != null) {
            catalog.relations().forEach(this::add);
            catalog.constraints().stream()
                    .filter(constraint -> constraint.kind() == 'p')
                    .forEach(key -> key(key.schema() + "." + key.relation(), key.columns(), true));
            catalog.indexes().stream()
                    .filter(index -> index.unique() && index.valid() && !index.partial())
                    .forEach(index -> key(index.schema() + "." + index.relation(), index.columns(), index.primary()));
        }
    }

    /** Of a server whose views nobody asked: an arm's, where their queries are the same. */
    public static ServerCatalog withViewsOf(@Nullable Catalog server, Catalog arm, @Nullable ViewOrigins told) {
        return server == null || told == null
                ? new ServerCatalog(server)
                : new ServerCatalog(server, ViewColumns.translated(told, arm, server));
    }

    private void add(Catalog.Relation relation) {
        relations.put(relation.oid(), relation);
        byName.put(relation.qualifiedName(), relation);
        // A bare name is that of the first schema that has it; public before others, as search_path has it by default.
        if (relation.schema().equals("public") || !byName.containsKey(relation.name())) {
            byName.put(relation.name(), relation);
        }
    }

    /** A key whose columns cannot be NULL; with NULLs, a unique index holds equal rows. */
    private void key(String table, List<Integer> columns, boolean primary) {
        Catalog.Relation relation = byName.get(table);
        boolean known = relation != null
                && !columns.isEmpty()
                && columns.stream().allMatch(number -> isSolid(attribute(relation, number), primary));
        List<List<Integer>> ofTable = keys.computeIfAbsent(table, any -> new ArrayList<>(1));
        if (known && !ofTable.contains(columns)) {
            ofTable.add(columns);
        }
    }

    private static boolean isSolid(Catalog.@Nullable Attribute attribute, boolean primary) {
        return attribute != null && (primary || attribute.notNull());
    }

    /** The types by OID. */
    public TypeCatalog types() {
        return types;
    }

    /** The column that a result's column comes from, through views as far as they are known; null for an expression. */
    private @Nullable Source source(Field field) {
        return field.relationOid() == 0
                ? null
                : views.resolve(new Source(field.relationOid(), field.attributeNumber()));
    }

    /** The relation that a result's column comes from, null for an expression or where it is not known. */
    public Catalog.@Nullable Relation relation(Field field) {
        Source source = source(field);
        return source == null ? null : relations.get(source.relationOid());
    }

    /** The number in its relation of the column that a result's column comes from, 0 for an expression. */
    public int attributeNumber(Field field) {
        Source source = source(field);
        return source == null ? 0 : source.attribute();
    }

    /** The column that a result's column comes from, null for an expression or where it is not known. */
    public Catalog.@Nullable Attribute attribute(Field field) {
        Source source = source(field);
        Catalog.Relation relation = source == null ? null : relations.get(source.relationOid());
        return source == null || relation == null ? null : attribute(relation, source.attribute());
    }

    /** Whether a result's column comes from one whose default draws another value for each row. */
    boolean isDrawn(Field field) {
        Catalog.Attribute attribute = attribute(field);
        return attribute != null
                && attribute.defaultValue() != null
                && ServerFunctions.asksVolatile(attribute.defaultValue());
    }

    private static Catalog.@Nullable Attribute attribute(Catalog.Relation relation, int number) {
        for (Catalog.Attribute attribute : relation.attributes()) {
            if (attribute.number() == number) {
                return attribute;
            }
        }
        return null;
    }

    /** The query of the view that a result's column is computed in; null where it comes from no view, or through one. */
    public @Nullable String viewQuery(Field field) {
        Catalog.Relation relation = relation(field);
        return relation != null && VIEWS.contains(relation.kind()) ? relation.definition() : null;
    }

    /** Its name, {@code schema.table.column}; empty for an expression or where it is not known. */
    public String origin(Field field) {
        Catalog.Relation relation = relation(field);
        Catalog.Attribute attribute = attribute(field);
        return relation == null || attribute == null ? "" : relation.qualifiedName() + "." + attribute.name();
    }

    /** Its relation and its number there; empty for an expression or where it is not known. */
    String place(Field field) {
        Catalog.Relation relation = relation(field);
        return relation == null ? "" : relation.qualifiedName() + "#" + attributeNumber(field);
    }

    /**
     * The only column that an expression names: of one table among those that its statement mentions.
     *
     * @param tables as the statement writes them, with or without schema
     * @param names the words of the expression
     * @return schema.table.column; empty where there is none, or more than one
     */
    public String onlyColumn(Set<String> tables, Set<String> names) {
        String found = "";
        for (Catalog.Relation relation : relations.values()) {
            if (!tables.contains(relation.name()) && !tables.contains(relation.qualifiedName())) {
                continue;
            }
            for (Catalog.Attribute attribute : relation.attributes()) {
                if (names.contains(attribute.name())) {
                    if (!found.isEmpty()) {
                        return "";
                    }
                    found = origin(relation, attribute);
                }
            }
        }
        return found;
    }

    private String origin(Catalog.Relation relation, Catalog.Attribute attribute) {
        Source source = views.resolve(new Source(relation.oid(), attribute.number()));
        Catalog.Relation base = relations.getOrDefault(source.relationOid(), relation);
        Catalog.Attribute column = attribute(base, source.attribute());
        return column == null
                ? relation.qualifiedName() + "." + attribute.name()
                : base.qualifiedName() + "." + column.name();
    }

    /** The keys of a relation by attribute numbers, the primary key first; empty if it has none. */
    public List<List<Integer>> keys(Catalog.Relation relation) {
        return keys.getOrDefault(relation.qualifiedName(), List.of());
    }

    /** The keys of a table by column names; empty if it has none, or is not known by that name. */
    List<List<String>> uniqueKeys(String table) {
        Catalog.Relation relation = byName.get(table);
        if (relation == null) {
            return List.of();
        }
        List<List<String>> named = new ArrayList<>();
        for (List<Integer> key : keys(relation)) {
            named.add(key.stream()
                    .map(number ->
                            Objects.requireNonNull(attribute(relation, number)).name())
                    .toList());
        }
        return named;
    }
}
