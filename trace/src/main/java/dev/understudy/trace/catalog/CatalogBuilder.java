package dev.understudy.trace.catalog;

import java.util.List;
import java.util.Map;

/** Makes a {@link Catalog}; what is not said stays empty. */
public final class CatalogBuilder {
    private final String database;
    private String systemIdentifier = "";
    private int timeline;
    private int databaseOid;
    private int serverVersion;
    private Map<String, String> settings = Map.of();
    private Map<String, String> extensions = Map.of();
    private Map<String, String> collations = Map.of();
    private List<Catalog.Schema> schemas = List.of();
    private List<Catalog.Type> types = List.of();
    private List<Catalog.Relation> relations = List.of();
    private List<Catalog.Sequence> sequences = List.of();
    private List<Catalog.Constraint> constraints = List.of();
    private List<Catalog.Index> indexes = List.of();
    private List<Catalog.Trigger> triggers = List.of();
    private List<Catalog.Policy> policies = List.of();
    private List<Catalog.Function> functions = List.of();
    private List<Catalog.Role> roles = List.of();

    /** A builder for the catalog of the database with this name. */
    public CatalogBuilder(String database) {
        this.database = database;
    }

    /** Which server and database: see {@link Catalog}. */
    public CatalogBuilder identity(String systemIdentifier, int timeline, int databaseOid, int serverVersion) {
        this.systemIdentifier = systemIdentifier;
        this.timeline = timeline;
        this.databaseOid = databaseOid;
        this.serverVersion = serverVersion;
        return this;
    }

    /** See {@link Catalog#settings()}. */
    public CatalogBuilder settings(Map<String, String> settings) {
        this.settings = settings;
        return this;
    }

    /** See {@link Catalog#extensions()}. */
    public CatalogBuilder extensions(Map<String, String> extensions) {
        this.extensions = extensions;
        return this;
    }

    /** See {@link Catalog#collations()}. */
    public CatalogBuilder collations(Map<String, String> collations) {
        this.collations = collations;
        return this;
    }

    /** See {@link Catalog#schemas()}. */
    public CatalogBuilder schemas(List<Catalog.Schema> schemas) {
        this.schemas = schemas;
        return this;
    }

    /** See {@link Catalog#types()}. */
    public CatalogBuilder types(List<Catalog.Type> types) {
        this.types = types;
        return this;
    }

    /** See {@link Catalog#relations()}. */
    public CatalogBuilder relations(List<Catalog.Relation> relations) {
        this.relations = relations;
        return this;
    }

    /** See {@link Catalog#sequences()}. */
    public CatalogBuilder sequences(List<Catalog.Sequence> sequences) {
        this.sequences = sequences;
        return this;
    }

    /** See {@link Catalog#constraints()}. */
    public CatalogBuilder constraints(List<Catalog.Constraint> constraints) {
        this.constraints = constraints;
        return this;
    }

    /** See {@link Catalog#indexes()}. */
    public CatalogBuilder indexes(List<Catalog.Index> indexes) {
        this.indexes = indexes;
        return this;
    }

    /** See {@link Catalog#triggers()}. */
    public CatalogBuilder triggers(List<Catalog.Trigger> triggers) {
        this.triggers = triggers;
        return this;
    }

    /** See {@link Catalog#policies()}. */
    public CatalogBuilder policies(List<Catalog.Policy> policies) {
        this.policies = policies;
        return this;
    }

    /** See {@link Catalog#functions()}. */
    public CatalogBuilder functions(List<Catalog.Function> functions) {
        this.functions = functions;
        return this;
    }

    /** See {@link Catalog#roles()}. */
    public CatalogBuilder roles(List<Catalog.Role> roles) {
        this.roles = roles;
        return this;
    }

    /** The catalog. */
    public Catalog build() {
        return new Catalog(
                systemIdentifier,
                timeline,
                database,
                databaseOid,
                serverVersion,
                settings,
                extensions,
                collations,
                schemas,
                types,
                relations,
                sequences,
                constraints,
                indexes,
                triggers,
                policies,
                functions,
                roles);
    }
}
