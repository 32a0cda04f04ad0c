package dev.understudy.diff.kit;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds small catalogs: OIDs of one catalog begin where its base says. */
public final class Catalogs {
    private final int base;
    private final List<Catalog.Relation> relations = new ArrayList<>();
    private final List<Catalog.Constraint> constraints = new ArrayList<>();
    private final List<Catalog.Type> types = new ArrayList<>();
    private final List<Catalog.Index> indexes = new ArrayList<>();
    private final List<Catalog.Sequence> sequences = new ArrayList<>();
    private final List<Catalog.Function> functions = new ArrayList<>();
    private final List<Catalog.Trigger> triggers = new ArrayList<>();
    private final List<Catalog.Policy> policies = new ArrayList<>();
    private final List<Catalog.Schema> schemas = new ArrayList<>();
    private Map<String, String> settings = Map.of("TimeZone", "Etc/UTC", "work_mem", "4MB");

    private Catalogs(int base) {
        this.base = base;
    }

    /** An empty catalog whose user-defined OIDs begin at {@code base}. */
    public static Catalogs catalog(int base) {
        return new Catalogs(base);
    }

    /**
     * A table in public; columns are {@code name type}, a key column's name begins with a star, that of another column
     * that is NOT NULL with an exclamation mark.
     */
    public Catalogs table(String name, String... columns) {
        return table(base + relations.size(), name, columns);
    }

    /** The same with its OID. */
    public Catalogs table(int oid, String name, String... columns) {
        List<Catalog.Attribute> attributes = new ArrayList<>();
        List<Integer> key = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(" ", 3);
            int number = attributes.size() + 1;
            String columnName = parts[0];
            if (columnName.startsWith("*")) {
                key.add(number);
                columnName = columnName.substring(1);
            }
            boolean notNull = columnName.startsWith("!");
            columnName = notNull ? columnName.substring(1) : columnName;
            attributes.add(new Catalog.Attribute(
                    number,
                    columnName,
                    oidOf(parts[1]),
                    parts[1],
                    -1,
                    notNull,
                    parts.length > 2 ? parts[2] : null,
                    Catalog.NONE,
                    Catalog.NONE,
                    null,
                    null));
        }
        relations.add(new Catalog.Relation(
                oid,
                "public",
                name,
                'r',
                'p',
                "owner",
                false,
                false,
                null,
                null,
                false,
                List.of(),
                null,
                null,
                List.of(),
                attributes));
        if (!key.isEmpty()) {
            constraints.add(new Catalog.Constraint(
                    "public", name, name + "_pkey", 'p', true, false, false, key, null, List.of(), "PRIMARY KEY"));
        }
        return this;
    }

    /** A view over that query; columns are {@code name type}. */
    public Catalogs view(int oid, String name, String query, String... columns) {
        table(oid, name, columns);
        Catalog.Relation table = relations.remove(relations.size() - 1);
        relations.add(new Catalog.Relation(
                table.oid(),
                table.schema(),
                table.name(),
                'v',
                table.persistence(),
                table.owner(),
                table.rowSecurity(),
                table.forceRowSecurity(),
                table.acl(),
                query,
                table.partition(),
                table.parents(),
                table.partitionBound(),
                table.partitionKey(),
                table.options(),
                table.attributes()));
        return this;
    }

    /** An enumeration. */
    public Catalogs enumeration(int oid, String name, String... labels) {
        types.add(new Catalog.Type(oid, "public", name, 'e', 0, 0, 0, List.of(labels), null));
        return this;
    }

    /** A domain. */
    public Catalogs domain(int oid, String name, int over) {
        types.add(new Catalog.Type(oid, "public", name, 'd', 0, over, 0, List.of(), null));
        return this;
    }

    /** A type's array type. */
    public Catalogs array(int oid, String element) {
        types.add(new Catalog.Type(oid, "public", "_" + element, 'b', oidOf(element), 0, 0, List.of(), null));
        return this;
    }

    /** A schema that exists by itself; {@code acl} null for the default. */
    public Catalogs schema(String name, @Nullable String acl) {
        schemas.add(new Catalog.Schema(name, "owner", acl));
        return this;
    }

    /** A view in public. */
    public Catalogs view(String name, String query, String... columns) {
        table(base + relations.size(), name, columns);
        Catalog.Relation made = relations.remove(relations.size() - 1);
        relations.add(copy(made, 'v', made.acl(), query, List.of()));
        return this;
    }

    /** Makes the last table a partition. */
    public Catalogs partitionOf(String parent) {
        Catalog.Relation made = relations.remove(relations.size() - 1);
        relations.add(copy(made, 'r', made.acl(), null, List.of("public." + parent)));
        return this;
    }

    /** Puts the last relation, and its key, into another schema than public. */
    public Catalogs in(String schema) {
        Catalog.Relation made = relations.remove(relations.size() - 1);
        relations.add(new Catalog.Relation(
                made.oid(),
                schema,
                made.name(),
                made.kind(),
                made.persistence(),
                made.owner(),
                made.rowSecurity(),
                made.forceRowSecurity(),
                made.acl(),
                made.definition(),
                made.partition(),
                made.parents(),
                made.partitionBound(),
                made.partitionKey(),
                made.options(),
                made.attributes()));
        int last = constraints.size() - 1;
        if (last >= 0 && constraints.get(last).relation().equals(made.name())) {
            Catalog.Constraint key = constraints.remove(last);
            constraints.add(new Catalog.Constraint(
                    schema,
                    key.relation(),
                    key.name(),
                    key.kind(),
                    key.validated(),
                    key.deferrable(),
                    key.deferred(),
                    key.columns(),
                    key.referenced(),
                    key.referencedColumns(),
                    key.definition()));
        }
        return this;
    }

    /** Makes the last table a partitioned one. */
    public Catalogs partitioned() {
        Catalog.Relation made = relations.remove(relations.size() - 1);
        relations.add(copy(made, 'p', made.acl(), null, made.parents()));
        return this;
    }

    /** Says who may do what with the last relation. */
    public Catalogs acl(String acl) {
        Catalog.Relation made = relations.remove(relations.size() - 1);
        relations.add(copy(made, made.kind(), acl, made.definition(), made.parents()));
        return this;
    }

    /** Moves the last relation to another schema, as another kind of relation. */
    public Catalogs moved(String schema, char kind) {
        Catalog.Relation made = relations.remove(relations.size() - 1);
        relations.add(new Catalog.Relation(
                made.oid(),
                schema,
                made.name(),
                kind,
                made.persistence(),
                made.owner(),
                made.rowSecurity(),
                made.forceRowSecurity(),
                made.acl(),
                made.definition(),
                made.partition(),
                made.parents(),
                made.partitionBound(),
                made.partitionKey(),
                made.options(),
                made.attributes()));
        return this;
    }

    private static Catalog.Relation copy(
            Catalog.Relation of, char kind, @Nullable String acl, @Nullable String definition, List<String> parents) {
        return new Catalog.Relation(
                of.oid(),
                of.schema(),
                of.name(),
                kind,
                of.persistence(),
                of.owner(),
                of.rowSecurity(),
                of.forceRowSecurity(),
                acl,
                definition,
                !parents.isEmpty(),
                parents,
                null,
                null,
                of.options(),
                of.attributes());
    }

    /** An index in public on the first column. */
    public Catalogs index(String name, String table) {
        indexes.add(new Catalog.Index(
                "public", table, name, false, false, true, false, List.of(1), "CREATE INDEX " + name + " ON " + table));
        return this;
    }

    /** A unique index in public over columns by number, 0 for an expression. */
    public Catalogs unique(String name, String table, boolean valid, boolean partial, Integer... columns) {
        indexes.add(new Catalog.Index(
                "public",
                table,
                name,
                true,
                false,
                valid,
                partial,
                List.of(columns),
                "CREATE UNIQUE INDEX " + name + " ON " + table));
        return this;
    }

    /** A constraint in public. */
    public Catalogs constraint(String name, String table, String definition, boolean validated) {
        constraints.add(new Catalog.Constraint(
                "public", table, name, 'c', validated, false, false, List.of(1), null, List.of(), definition));
        return this;
    }

    /** A sequence in public that would give {@code next} next. */
    public Catalogs sequence(String name, long next, @Nullable String ownedBy) {
        sequences.add(new Catalog.Sequence(
                "public", name, "bigint", next, false, 1, 1, 1, Long.MAX_VALUE, false, 1, ownedBy));
        return this;
    }

    /** A function in public without arguments. */
    public Catalogs function(String name, String body) {
        functions.add(new Catalog.Function(
                1,
                "public",
                name,
                "",
                "integer",
                'f',
                'v',
                'u',
                false,
                false,
                "sql",
                "owner",
                null,
                "CREATE FUNCTION " + name + "() AS $function$" + body + "$function$"));
        return this;
    }

    /** A trigger in public that runs a function. */
    public Catalogs trigger(String name, String table, String function) {
        triggers.add(new Catalog.Trigger(
                "public",
                table,
                name,
                't',
                'O',
                "CREATE TRIGGER " + name + " AFTER INSERT ON public." + table + " FOR EACH ROW EXECUTE FUNCTION "
                        + function + "()"));
        return this;
    }

    /** A policy in public. */
    public Catalogs policy(String name, String table, String using) {
        policies.add(new Catalog.Policy("public", table, name, true, '*', List.of("PUBLIC"), using, null));
        return this;
    }

    /** A setting. */
    public Catalogs setting(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        settings = more;
        return this;
    }

    /** The catalog. */
    public Catalog build() {
        return new CatalogBuilder("shop")
                .identity("7000000000000000" + base, 1, base, 150_000)
                .settings(settings)
                .schemas(schemas)
                .types(types)
                .relations(relations)
                .constraints(constraints)
                .indexes(indexes)
                .sequences(sequences)
                .functions(functions)
                .triggers(triggers)
                .policies(policies)
                .build();
    }

    private int oidOf(String typeName) {
        for (PgType type : PgType.values()) {
            if (type.typeName().equals(typeName)) {
                return type.oid();
            }
        }
        return types.stream()
                .filter(type -> type.name().equals(typeName))
                .mapToInt(Catalog.Type::oid)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type=" + typeName));
    }
}
