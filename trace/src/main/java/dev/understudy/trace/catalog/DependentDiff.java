package dev.understudy.trace.catalog;

import dev.understudy.trace.catalog.CatalogDifference.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares what acts on relations that both sides have: constraints, indexes, triggers, policies. */
final class DependentDiff {
    private static final String NOT_VALID = " NOT VALID";
    private static final String KINDS_WITH_INDEX = "pux";

    private final DifferenceList differences;
    private final Catalog baseline;
    private final Catalog candidate;
    private final Set<String> onBoth = new HashSet<>();

    DependentDiff(DifferenceList differences, Catalog baseline, Catalog candidate) {
        this.differences = differences;
        this.baseline = baseline;
        this.candidate = candidate;
        owners(baseline, onBoth);
        Set<String> others = new HashSet<>();
        owners(candidate, others);
        onBoth.retainAll(others);
        onBoth.add("."); // an event trigger is on no relation
    }

    void compare() {
        match(
                baseline.constraints(),
                candidate.constraints(),
                each -> each.schema() + "." + each.relation(),
                each -> each.schema() + "." + each.relation() + "." + each.name(),
                this::constraint);
        Set<String> backing = new HashSet<>();
        backing(baseline, backing);
        backing(candidate, backing);
        match(
                baseline.indexes(),
                candidate.indexes(),
                each -> each.schema() + "." + each.relation(),
                each -> each.schema() + "." + each.name(),
                (name, left, right) -> index(name, left, right, backing.contains(name)));
        match(
                baseline.triggers(),
                candidate.triggers(),
                each -> each.schema() + "." + each.relation(),
                each -> each.relation().isEmpty()
                        ? each.name()
                        : each.schema() + "." + each.relation() + "." + each.name(),
                (name, left, right) -> differences.compare(Kind.TRIGGER, name, describe(left), describe(right)));
        match(
                baseline.policies(),
                candidate.policies(),
                each -> each.schema() + "." + each.relation(),
                each -> each.schema() + "." + each.relation() + "." + each.name(),
                (name, left, right) -> differences.compare(Kind.ROW_SECURITY, name, describe(left), describe(right)));
    }

    private void constraint(String name, Catalog.@Nullable Constraint left, Catalog.@Nullable Constraint right) {
        if (left != null && left.kind() == 'n' || right != null && right.kind() == 'n') {
            return; // NOT NULL, which PostgreSQL lists as a constraint from 18 on: compared with the columns
        }
        differences.compare(Kind.CONSTRAINT, name, definition(left), definition(right));
        boolean wasValid = left == null || left.validated();
        if (right != null && wasValid != right.validated()) {
            differences.add(Kind.CONSTRAINT_NOT_VALID, name, validity(left), validity(right));
        }
    }

    private void index(
            String name, Catalog.@Nullable Index left, Catalog.@Nullable Index right, boolean backsConstraint) {
        if (!backsConstraint) {
            differences.compare(
                    Kind.INDEX,
                    name,
                    left == null ? null : left.definition(),
                    right == null ? null : right.definition());
        }
        if (right != null && !right.valid() && (left == null || left.valid())) {
            differences.add(Kind.INDEX_INVALID, name, left == null ? null : "valid", "invalid");
        }
    }

    private <T> void match(
            List<T> left,
            List<T> right,
            Function<T, String> owner,
            Function<T, String> name,
            DifferenceList.Pair<T> pair) {
        DifferenceList.match(onBoth(left, owner), onBoth(right, owner), name, pair);
    }

    private <T> List<T> onBoth(List<T> list, Function<T, String> owner) {
        return list.stream().filter(each -> onBoth.contains(owner.apply(each))).toList();
    }

    private static void owners(Catalog catalog, Set<String> names) {
        catalog.relations().forEach(relation -> names.add(relation.qualifiedName()));
        catalog.types().forEach(type -> names.add(type.qualifiedName()));
    }

    /** Names of indexes that a constraint made: the constraint is compared. */
    private static void backing(Catalog catalog, Set<String> names) {
        catalog.constraints().stream()
                .filter(each -> KINDS_WITH_INDEX.indexOf(each.kind()) >= 0)
                .forEach(each -> names.add(each.schema() + "." + each.name()));
    }

    private static @Nullable String definition(Catalog.@Nullable Constraint constraint) {
        if (constraint == null) {
            return null;
        }
        String definition = constraint.definition();
        return definition.endsWith(NOT_VALID)
                ? definition.substring(0, definition.length() - NOT_VALID.length())
                : definition;
    }

    private static @Nullable String validity(Catalog.@Nullable Constraint constraint) {
        return constraint == null ? null : constraint.validated() ? "VALID" : "NOT VALID";
    }

    private static @Nullable String describe(Catalog.@Nullable Trigger trigger) {
        if (trigger == null) {
            return null;
        }
        String enabled = switch (trigger.enabled()) {
            case 'O' -> "";
            case 'D' -> " (disabled)";
            case 'R' -> " (replica)";
            case 'A' -> " (always)";
            default -> " (enabled " + trigger.enabled() + ")";
        };
        return trigger.definition() + enabled;
    }

    private static @Nullable String describe(Catalog.@Nullable Policy policy) {
        return policy == null
                ? null
                : (policy.permissive() ? "PERMISSIVE" : "RESTRICTIVE") + " FOR " + policy.command() + " TO "
                        + String.join(", ", policy.roles())
                        + (policy.using() == null ? "" : " USING " + policy.using())
                        + (policy.check() == null ? "" : " WITH CHECK " + policy.check());
    }
}
