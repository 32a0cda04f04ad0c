package dev.understudy.replay.access;

import dev.understudy.pgwire.value.PgType;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds small catalogs; everything is in public. */
public final class Schemas {
    private static final int FIRST_OID = 50_000;

    private final List<Catalog.Relation> relations = new ArrayList<>();
    private final List<Catalog.Constraint> constraints = new ArrayList<>();
    private final List<Catalog.Index> indexes = new ArrayList<>();
    private final List<Catalog.Trigger> triggers = new ArrayList<>();
    private final List<Catalog.Function> functions = new ArrayList<>();
    private final List<Catalog.Policy> policies = new ArrayList<>();
    private final List<Catalog.Sequence> sequences = new ArrayList<>();
    private final List<Catalog.Role> roles = new ArrayList<>();

    /** A table; columns are {@code name type [default]}. */
    public Schemas table(String name, String... columns) {
        return relation(name, 'r', null, List.of(), columns);
    }

    /** A role that may log in, with settings as {@code name=value}. */
    public Schemas role(String name, String... settings) {
        roles.add(new Catalog.Role(name, false, true, false, true, List.of(), List.of(settings)));
        return this;
    }

    /** A partition or child. */
    public Schemas child(String name, String parent, String... columns) {
        return relation(name, 'r', null, List.of("public." + parent), columns);
    }

    /** A foreign table, or a foreign partition where it has a parent. */
    public Schemas foreign(String name, List<String> parents, String... columns) {
        return relation(name, 'f', null, parents, columns);
    }

    /** A view. */
    public Schemas view(String name, String query, String... columns) {
        return relation(name, 'v', query, List.of(), columns);
    }

    private Schemas relation(String name, char kind, String query, List<String> parents, String... columns) {
        List<Catalog.Attribute> attributes = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(" ", 3);
            attributes.add(new Catalog.Attribute(
                    attributes.size() + 1,
                    parts[0],
                    oid(parts[1]),
                    parts[1],
                    -1,
                    false,
                    parts.length > 2 ? parts[2] : null,
                    Catalog.NONE,
                    Catalog.NONE,
                    null,
                    null));
        }
        relations.add(new Catalog.Relation(
                FIRST_OID + relations.size(),
                "public",
                name,
                kind,
                'p',
                "owner",
                false,
                false,
                null,
                query,
                !parents.isEmpty(),
                parents,
                null,
                null,
                List.of(),
                attributes));
        return this;
    }

    /** A foreign key from one column to another. */
    public Schemas foreignKey(String child, int column, String parent, int referenced, String rules) {
        constraints.add(new Catalog.Constraint(
                "public",
                child,
                child + "_fkey",
                'f',
                true,
                false,
                false,
                List.of(column),
                "public." + parent,
                List.of(referenced),
                "FOREIGN KEY (…) REFERENCES " + parent + "(…) " + rules));
        return this;
    }

    /** A trigger that calls a plpgsql function. */
    public Schemas trigger(String table, String when, String function) {
        triggers.add(new Catalog.Trigger(
                "public",
                table,
                "t_" + function,
                't',
                'O',
                "CREATE TRIGGER t_" + function + " " + when + " ON public." + table
                        + " FOR EACH ROW EXECUTE FUNCTION public." + function + "()"));
        return this;
    }

    /** A function in plpgsql. */
    public Schemas function(String name, char volatility, String body) {
        functions.add(new Catalog.Function(
                FIRST_OID + 1_000 + functions.size(),
                "public",
                name,
                "",
                "trigger",
                'f',
                volatility,
                'u',
                false,
                false,
                "plpgsql",
                "owner",
                null,
                "CREATE OR REPLACE FUNCTION public." + name + "()\n RETURNS trigger\n LANGUAGE plpgsql\nAS $function$"
                        + body + "$function$\n"));
        return this;
    }

    /** A sequence that has given out what is not above this. */
    public Schemas sequence(String name, long last) {
        sequences.add(
                new Catalog.Sequence("public", name, "bigint", last, true, 1, 1, 1, Long.MAX_VALUE, false, 1, null));
        return this;
    }

    /** A unique index on columns, by number. */
    public Schemas unique(String table, boolean primary, Integer... columns) {
        indexes.add(new Catalog.Index(
                "public", table, table + "_key" + indexes.size(), true, primary, true, false, List.of(columns), "…"));
        return this;
    }

    /** A primary key of one column. */
    public Schemas primaryKey(String table, int column) {
        constraints.add(new Catalog.Constraint(
                "public",
                table,
                table + "_pkey",
                'p',
                true,
                false,
                false,
                List.of(column),
                null,
                List.of(),
                "PRIMARY KEY"));
        return this;
    }

    /** A row security policy. */
    public Schemas policy(String table, String using) {
        policies.add(new Catalog.Policy("public", table, "p", true, '*', List.of("PUBLIC"), using, null));
        return this;
    }

    /** The catalog. */
    public Catalog build() {
        return new CatalogBuilder("shop")
                .relations(relations)
                .constraints(constraints)
                .indexes(indexes)
                .triggers(triggers)
                .functions(functions)
                .policies(policies)
                .sequences(sequences)
                .roles(roles)
                .build();
    }

    /** The OID of the n-th relation, from 0. */
    public static int oidOf(int relation) {
        return FIRST_OID + relation;
    }

    private static int oid(String typeName) {
        return Stream.of(PgType.values())
                .filter(type -> type.typeName().equals(typeName))
                .mapToInt(PgType::oid)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("type=" + typeName));
    }
}
