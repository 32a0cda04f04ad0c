package dev.understudy.trace.catalog;

import dev.understudy.trace.catalog.CatalogDifference.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what holds data: relations, their columns, types and sequences. */
final class RelationDiff {
    private static final int MAJOR = 10_000;

    private final DifferenceList differences;
    private final Grants grants;
    private final Catalog baseline;
    private final Catalog candidate;
    private final boolean sameMajor;

    RelationDiff(DifferenceList differences, Grants grants, Catalog baseline, Catalog candidate) {
        this.differences = differences;
        this.grants = grants;
        this.baseline = baseline;
        this.candidate = candidate;
        this.sameMajor = baseline.serverVersion() / MAJOR == candidate.serverVersion() / MAJOR;
    }

    void compare() {
        DifferenceList.match(
                baseline.relations(), candidate.relations(), Catalog.Relation::qualifiedName, (name, left, right) -> {
                    Catalog.Relation either = left != null ? left : Objects.requireNonNull(right);
                    if (differences.isOnBoth(name, kindName(either.kind()), left, right)
                            && left != null
                            && right != null) {
                        relation(name, left, right);
                    }
                });
        DifferenceList.match(
                named(baseline.types()), named(candidate.types()), Catalog.Type::qualifiedName, this::type);
        DifferenceList.match(
                baseline.sequences(), candidate.sequences(), Catalog.Sequence::qualifiedName, this::sequence);
    }

    private void relation(String name, Catalog.Relation left, Catalog.Relation right) {
        differences.compare(Kind.DEFINITION, name, kindName(left.kind()), kindName(right.kind()));
        differences.compare(Kind.DEFINITION, name, storage(left), storage(right));
        if (sameMajor) {
            differences.compare(Kind.DEFINITION, name, left.definition(), right.definition());
        }
        differences.compare(Kind.ROW_SECURITY, name, rowSecurity(left), rowSecurity(right));
        grants.compare(differences, name, left.owner(), right.owner(), left.acl(), right.acl());
        DifferenceList.match(
                left.attributes(),
                right.attributes(),
                Catalog.Attribute::name,
                (column, before, after) -> column(name + "." + column, before, after));
        differences.compare(Kind.COLUMN, name, order(left, right), order(right, left));
    }

    private void column(String name, Catalog.@Nullable Attribute left, Catalog.@Nullable Attribute right) {
        if (left == null || right == null) {
            differences.add(Kind.COLUMN, name, typeName(left), typeName(right));
            return;
        }
        differences.compare(Kind.TYPE, name, typeName(left), typeName(right));
        differences.compare(Kind.DEFAULT, name, value(left), value(right));
        differences.compare(Kind.NULLABILITY, name, nullability(left), nullability(right));
        grants.compare(differences, name, left.acl(), right.acl());
    }

    private void type(String name, Catalog.@Nullable Type left, Catalog.@Nullable Type right) {
        if (differences.isOnBoth(name, "type", left, right) && left != null && right != null) {
            differences.compare(Kind.TYPE, name, describe(left), describe(right));
        }
    }

    private void sequence(String name, Catalog.@Nullable Sequence left, Catalog.@Nullable Sequence right) {
        if (left == null || right == null) {
            return; // the relation of that name is listed
        }
        differences.compare(Kind.SEQUENCE_TYPE, name, shape(left), shape(right));
        differences.compare(Kind.DEFINITION, name, ownedBy(left), ownedBy(right));
        int ahead = Long.compare(next(right), next(left)) * (left.increment() < 0 ? -1 : 1);
        if (ahead != 0) {
            differences.add(
                    ahead < 0 ? Kind.SEQUENCE_BEHIND : Kind.SEQUENCE_AHEAD,
                    name,
                    Long.toString(next(left)),
                    Long.toString(next(right)));
        }
    }

    /** The value that comes next; at the end of its range, the last one. */
    private static long next(Catalog.Sequence sequence) {
        if (!sequence.called()) {
            return sequence.lastValue();
        }
        long next = sequence.lastValue() + sequence.increment();
        boolean overflown = ((sequence.lastValue() ^ next) & (sequence.increment() ^ next)) < 0;
        return overflown ? sequence.lastValue() : next;
    }

    private static String shape(Catalog.Sequence sequence) {
        return sequence.type() + " start=" + sequence.start() + " increment=" + sequence.increment() + " minimum="
                + sequence.minimum() + " maximum=" + sequence.maximum() + " cache=" + sequence.cache()
                + (sequence.cycle() ? " cycle" : "");
    }

    private static String ownedBy(Catalog.Sequence sequence) {
        return sequence.ownedBy() == null ? "owned by none" : "owned by " + sequence.ownedBy();
    }

    /** The database's own types that have a name of their own: not rows, arrays, multiranges. */
    private static List<Catalog.Type> named(List<Catalog.Type> types) {
        return types.stream()
                .filter(type -> !type.schema().equals("pg_catalog"))
                .filter(type -> type.kind() != 'c' && type.kind() != 'm')
                .filter(type -> type.element() == 0)
                .toList();
    }

    private static String describe(Catalog.Type type) {
        return switch (type.kind()) {
            case 'e' -> "enum " + type.labels();
            case 'd' -> "domain " + type.definition();
            case 'r' -> "range of " + type.definition();
            default -> "kind " + type.kind();
        };
    }

    private static @Nullable String typeName(Catalog.@Nullable Attribute attribute) {
        if (attribute == null) {
            return null;
        }
        return attribute.collation() == null
                ? attribute.typeName()
                : attribute.typeName() + " COLLATE " + attribute.collation();
    }

    private static @Nullable String value(Catalog.Attribute attribute) {
        if (attribute.identity() != Catalog.NONE) {
            return attribute.identity() == 'a' ? "GENERATED ALWAYS AS IDENTITY" : "GENERATED BY DEFAULT AS IDENTITY";
        }
        return attribute.generated() == Catalog.NONE
                ? attribute.defaultValue()
                : "GENERATED ALWAYS AS (" + attribute.defaultValue() + ") "
                        + (attribute.generated() == 's' ? "STORED" : "VIRTUAL");
    }

    private static String nullability(Catalog.Attribute attribute) {
        return attribute.notNull() ? "NOT NULL" : "NULL";
    }

    private static String order(Catalog.Relation relation, Catalog.Relation other) {
        Set<String> common =
                other.attributes().stream().map(Catalog.Attribute::name).collect(Collectors.toSet());
        return relation.attributes().stream()
                .map(Catalog.Attribute::name)
                .filter(common::contains)
                .collect(Collectors.joining(", "));
    }

    private static String rowSecurity(Catalog.Relation relation) {
        return (relation.rowSecurity() ? "enabled" : "disabled") + (relation.forceRowSecurity() ? ", forced" : "");
    }

    private static String storage(Catalog.Relation relation) {
        StringBuilder storage = new StringBuilder(relation.persistence() == 'u' ? "unlogged" : "logged");
        if (!relation.parents().isEmpty()) {
            storage.append(relation.partition() ? ", partition of " : ", inherits ")
                    .append(String.join(", ", relation.parents()));
        }
        if (relation.partitionBound() != null) {
            storage.append(' ').append(relation.partitionBound());
        }
        if (relation.partitionKey() != null) {
            storage.append(", partitioned by ").append(relation.partitionKey());
        }
        if (!relation.options().isEmpty()) {
            storage.append(", with ").append(String.join(", ", relation.options()));
        }
        return storage.toString();
    }

    private static String kindName(char kind) {
        return switch (kind) {
            case 'r' -> "table";
            case 'p' -> "partitioned table";
            case 'v' -> "view";
            case 'm' -> "materialized view";
            case 'S' -> "sequence";
            case 'f' -> "foreign table";
            case 'c' -> "composite type";
            default -> "relation of kind " + kind;
        };
    }
}
