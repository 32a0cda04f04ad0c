package dev.understudy.trace.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a database is made of, as far as answers depend on it. Lists are ordered by schema and name, so that equal
 * databases give equal catalogs but for their OIDs. A {@link CatalogBuilder} makes one.
 *
 * @param systemIdentifier {@code pg_control_system()}'s, or empty where it may not be read
 * @param timeline the WAL timeline, 0 if unknown
 * @param database the database's name
 * @param databaseOid its OID
 * @param serverVersion {@code server_version_num}
 * @param settings settings that change answers, by name
 * @param extensions version by name
 * @param collations what the collations are that columns and the database itself use: provider, locale and version, by
 *     name
 * @param schemas the schemas outside the system's
 * @param types every type outside pg_catalog and information_schema, and the built-in ones by OID, less the row types of
 *     the system's own relations
 * @param relations tables, views, sequences, composite types, … outside the system schemas; indexes are in
 *     {@code indexes}
 * @param sequences positions of sequences
 * @param constraints constraints of those relations, and of domains
 * @param indexes indexes of those relations
 * @param triggers triggers and rules of those relations, and event triggers
 * @param policies row security policies of those relations
 * @param functions functions, procedures and aggregates outside the system schemas
 * @param roles roles that are not predefined, for SET SESSION AUTHORIZATION and for grants
 */
public record Catalog(
        String systemIdentifier,
        int timeline,
        String database,
        int databaseOid,
        int serverVersion,
        Map<String, String> settings,
        Map<String, String> extensions,
        Map<String, String> collations,
        List<Schema> schemas,
        List<Type> types,
        List<Relation> relations,
        List<Sequence> sequences,
        List<Constraint> constraints,
        List<Index> indexes,
        List<Trigger> triggers,
        List<Policy> policies,
        List<Function> functions,
        List<Role> roles) {
    /** What stands in a {@code char} that does not apply, such as the identity of an ordinary column. */
    public static final char NONE = ' ';

    /** Copies the collections. */
    public Catalog {
        settings = Map.copyOf(settings);
        extensions = Map.copyOf(extensions);
        collations = Map.copyOf(collations);
        schemas = List.copyOf(schemas);
        types = List.copyOf(types);
        relations = List.copyOf(relations);
        sequences = List.copyOf(sequences);
        constraints = List.copyOf(constraints);
        indexes = List.copyOf(indexes);
        triggers = List.copyOf(triggers);
        policies = List.copyOf(policies);
        functions = List.copyOf(functions);
        roles = List.copyOf(roles);
    }

    /** A row of pg_namespace; {@code acl} is nspacl as text. */
    public record Schema(
            String name, String owner, @Nullable String acl) {}

    /**
     * A row of pg_type.
     *
     * @param kind typtype
     * @param element typelem, the array's element type, 0 where there is none
     * @param base the domain's base type, the range's subtype, the multirange's range, 0 where there is none
     * @param relation typrelid, the composite type's relation, 0 where there is none
     * @param labels the enum's labels in order
     * @param definition the domain's base type with its modifier, NOT NULL and default; the range's subtype; else null
     */
    public record Type(
            int oid,
            String schema,
            String name,
            char kind,
            int element,
            int base,
            int relation,
            List<String> labels,
            @Nullable String definition) {
        /** Copies the list. */
        public Type {
            labels = List.copyOf(labels);
        }

        /** schema.name */
        public String qualifiedName() {
            return schema + "." + name;
        }
    }

    /**
     * A row of pg_class.
     *
     * @param kind relkind: {@code r} table, {@code p} partitioned table, {@code v} view, {@code m} materialized view,
     *     {@code S} sequence, {@code f} foreign table, {@code c} composite type
     * @param persistence relpersistence
     * @param owner the owning role
     * @param rowSecurity relrowsecurity
     * @param forceRowSecurity relforcerowsecurity
     * @param acl relacl as text, null for the default
     * @param definition a view's query, else null
     * @param partition whether it is a partition of its parent
     * @param parents what it inherits from, schema.name, in order
     * @param partitionBound a partition's bound, else null
     * @param partitionKey a partitioned table's key, else null
     * @param options reloptions, {@code name=value} each
     * @param attributes its columns, by number
     */
    public record Relation(
            int oid,
            String schema,
            String name,
            char kind,
            char persistence,
            String owner,
            boolean rowSecurity,
            boolean forceRowSecurity,
            @Nullable String acl,
            @Nullable String definition,
            boolean partition,
            List<String> parents,
            @Nullable String partitionBound,
            @Nullable String partitionKey,
            List<String> options,
            List<Attribute> attributes) {
        /** Copies the lists. */
        public Relation {
            parents = List.copyOf(parents);
            options = List.copyOf(options);
            attributes = List.copyOf(attributes);
        }

        /** schema.name */
        public String qualifiedName() {
            return schema + "." + name;
        }
    }

    /**
     * A row of pg_attribute that is neither dropped nor the system's.
     *
     * @param typeName format_type's
     * @param defaultValue the expression of the default or of the generated column, else null
     * @param identity attidentity, or {@link #NONE}
     * @param generated attgenerated, or {@link #NONE}
     * @param collation schema.name, null where the type's own holds
     * @param acl attacl as text, null for none
     */
    public record Attribute(
            int number,
            String name,
            int typeOid,
            String typeName,
            int typeModifier,
            boolean notNull,
            @Nullable String defaultValue,
            char identity,
            char generated,
            @Nullable String collation,
            @Nullable String acl) {}

    /**
     * A sequence's position and shape.
     *
     * @param lastValue last_value, {@code start} where the role may not read it
     * @param called is_called: whether {@code lastValue} was handed out
     * @param ownedBy schema.relation.column, null where no column owns it
     */
    public record Sequence(
            String schema,
            String name,
            String type,
            long lastValue,
            boolean called,
            long start,
            long increment,
            long minimum,
            long maximum,
            boolean cycle,
            long cache,
            @Nullable String ownedBy) {
        /** schema.name */
        public String qualifiedName() {
            return schema + "." + name;
        }
    }

    /**
     * A row of pg_constraint.
     *
     * @param relation the table's name, or the domain's
     * @param kind contype
     * @param columns conkey: attribute numbers, 0 for an expression
     * @param referenced a foreign key's other table, schema.name, else null
     * @param referencedColumns confkey: attribute numbers in that table
     * @param definition pg_get_constraintdef's
     */
    public record Constraint(
            String schema,
            String relation,
            String name,
            char kind,
            boolean validated,
            boolean deferrable,
            boolean deferred,
            List<Integer> columns,
            @Nullable String referenced,
            List<Integer> referencedColumns,
            String definition) {
        /** Copies the lists. */
        public Constraint {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }

    /**
     * A row of pg_index.
     *
     * @param valid indisvalid, indisready and indislive together
     * @param partial whether it has a predicate
     * @param columns the key's attribute numbers in order, 0 for an expression
     * @param definition pg_get_indexdef's
     */
    public record Index(
            String schema,
            String relation,
            String name,
            boolean unique,
            boolean primary,
            boolean valid,
            boolean partial,
            List<Integer> columns,
            String definition) {
        /** Copies the list. */
        public Index {
            columns = List.copyOf(columns);
        }
    }

    /**
     * What fires by itself.
     *
     * @param schema the relation's, empty for an event trigger
     * @param relation the table or view, empty for an event trigger
     * @param kind {@code t} trigger, {@code r} rule, {@code e} event trigger
     * @param enabled tgenabled, ev_enabled or evtenabled
     * @param definition pg_get_triggerdef's, pg_get_ruledef's, or the event and function
     */
    public record Trigger(String schema, String relation, String name, char kind, char enabled, String definition) {}

    /**
     * A row of pg_policy.
     *
     * @param command polcmd, {@code *} for all
     * @param roles the roles it is for, {@code PUBLIC} for everyone
     * @param using the USING expression, null if none
     * @param check the WITH CHECK expression, null if none
     */
    public record Policy(
            String schema,
            String relation,
            String name,
            boolean permissive,
            char command,
            List<String> roles,
            @Nullable String using,
            @Nullable String check) {
        /** Copies the list. */
        public Policy {
            roles = List.copyOf(roles);
        }
    }

    /**
     * A row of pg_proc.
     *
     * @param arguments pg_get_function_identity_arguments'
     * @param result pg_get_function_result's, empty for a procedure
     * @param kind prokind
     * @param volatility provolatile
     * @param parallel proparallel
     * @param acl proacl as text, null for the default
     * @param definition pg_get_functiondef's; empty for an aggregate and for what is written in C
     */
    public record Function(
            int oid,
            String schema,
            String name,
            String arguments,
            String result,
            char kind,
            char volatility,
            char parallel,
            boolean strict,
            boolean securityDefiner,
            String language,
            String owner,
            @Nullable String acl,
            String definition) {
        /** schema.name(arguments) */
        public String signature() {
            return schema + "." + name + "(" + arguments + ")";
        }
    }

    /**
     * A row of pg_roles.
     *
     * @param memberOf the roles it is a member of, directly
     * @param settings its settings in this database and in all, {@code name=value} each
     */
    public record Role(
            String name,
            boolean superuser,
            boolean inherit,
            boolean bypassRowSecurity,
            boolean login,
            List<String> memberOf,
            List<String> settings) {
        /** Copies the lists. */
        public Role {
            memberOf = List.copyOf(memberOf);
            settings = List.copyOf(settings);
        }
    }
}
