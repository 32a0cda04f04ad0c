package dev.understudy.trace.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a database is made of, as far as answers depend on it. Lists are ordered by schema and name, so that equal
 * databases give equal catalogs but for their OIDs.
 *
 * @param systemIdentifier {@code pg_control_system()}'s, or empty where it may not be read
 * @param timeline the WAL timeline, 0 if unknown
 * @param database the database's name
 * @param databaseOid its OID
 * @param serverVersion {@code server_version_num}
 * @param settings settings that change answers, by name
 * @param extensions version by name
 * @param types every type outside pg_catalog and information_schema, and every built-in one by OID
 * @param relations tables, views, sequences, indexes, … outside the system schemas
 * @param sequences positions of sequences
 * @param constraints constraints of those relations
 * @param indexes indexes of those relations
 * @param roles role names, for SET SESSION AUTHORIZATION
 */
public record Catalog(
        String systemIdentifier,
        int timeline,
        String database,
        int databaseOid,
        int serverVersion,
        Map<String, String> settings,
        Map<String, String> extensions,
        List<Type> types,
        List<Relation> relations,
        List<Sequence> sequences,
        List<Constraint> constraints,
        List<Index> indexes,
        List<String> roles) {

    /** A row of pg_type: {@code kind} is typtype; OIDs are 0 where they do not apply. */
    public record Type(int oid, String schema, String name, char kind, int element, int base, int relation, List<String> labels) {}

    /** A row of pg_class: {@code kind} is relkind; {@code acl} is relacl as text, {@code definition} a view's. */
    public record Relation(
            int oid,
            String schema,
            String name,
            char kind,
            boolean rowSecurity,
            @Nullable String acl,
            @Nullable String definition,
            List<Attribute> attributes) {
        /** schema.name */
        public String qualifiedName() {
            return schema + "." + name;
        }
    }

    /** A row of pg_attribute that is not dropped: {@code typeName} is format_type's, {@code defaultValue} the expression. */
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
            @Nullable String collation) {}

    /** A sequence's position and shape. {@code ownedBy} is relation.column or null. */
    public record Sequence(
            String schema,
            String name,
            String type,
            long lastValue,
            boolean called,
            long increment,
            long cache,
            @Nullable String ownedBy) {}

    /** A row of pg_constraint: {@code kind} is contype, {@code definition} is pg_get_constraintdef's. */
    public record Constraint(String schema, String relation, String name, char kind, boolean validated, String definition) {}

    /** A row of pg_index: {@code definition} is pg_get_indexdef's. */
    public record Index(String schema, String relation, String name, boolean unique, boolean valid, String definition) {}
}
