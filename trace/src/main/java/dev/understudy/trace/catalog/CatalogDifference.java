package dev.understudy.trace.catalog;

import org.jspecify.annotations.Nullable;

/**
 * One thing in which two catalogs differ.
 *
 * @param kind in what
 * @param object its name: schema.relation, schema.relation.column (or constraint, trigger, policy), schema.index,
 *     schema.function(arguments), or the name of a setting, extension, collation or role
 * @param baseline what the baseline has, null if nothing
 * @param candidate what the candidate has, null if nothing
 */
public record CatalogDifference(
        Kind kind,
        String object,
        @Nullable String baseline,
        @Nullable String candidate) {
    /** In what two catalogs may differ. */
    public enum Kind {
        /** A schema, relation, type or function is only in the baseline. */
        OBJECT_MISSING,
        /** A schema, relation, type or function is only in the candidate. */
        OBJECT_EXTRA,
        /** A column is on one side only, or the columns both have stand in another order. */
        COLUMN,
        /** A column's type or collation, or what a type is. */
        TYPE,
        /** A column's default, identity or generation. */
        DEFAULT,
        /** NOT NULL. */
        NULLABILITY,
        /** A constraint is on one side only, or says something else. */
        CONSTRAINT,
        /** A constraint is validated on one side only, or was added without validation. */
        CONSTRAINT_NOT_VALID,
        /** An index is on one side only, or is another one. */
        INDEX,
        /** An index of the candidate is not valid. */
        INDEX_INVALID,
        /** An owner, or who may do what. */
        GRANT,
        /** Row security or one of its policies. */
        ROW_SECURITY,
        /** A trigger or rule is on one side only, does something else, or is disabled on one side. */
        TRIGGER,
        /** A sequence of the candidate would hand out values that the baseline has handed out. */
        SEQUENCE_BEHIND,
        /** A sequence's type, bounds or step. */
        SEQUENCE_TYPE,
        /** What a relation is or how it is stored, a view's query, a function's body or properties. */
        DEFINITION,

        // What is not the schema's: the servers are not alike

        /** A sequence of the candidate has handed out more than the baseline's. */
        SEQUENCE_AHEAD(false),
        /** The server's version. */
        SERVER_VERSION(false),
        /** A setting that changes answers. */
        SETTING(false),
        /** An extension or its version. */
        EXTENSION(false),
        /** A collation, or the version of its library. */
        COLLATION(false),
        /** A role, its rights, memberships or settings. */
        ROLE(false);

        private final boolean schema;

        Kind() {
            this(true);
        }

        Kind(boolean schema) {
            this.schema = schema;
        }

        /** Whether a migration makes such a difference; if not, the servers are not alike. */
        public boolean isSchema() {
            return schema;
        }

        /** The class of the difference in a report: {@code SCHEMA_} and the name. */
        public String schemaClass() {
            return "SCHEMA_" + name();
        }
    }
}
