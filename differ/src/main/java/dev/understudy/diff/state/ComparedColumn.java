package dev.understudy.diff.state;

import dev.understudy.diff.difference.DifferenceClass;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Two columns that must hold the same.
 *
 * @param control the control's side of it
 * @param candidate the candidate's side of it
 * @param ignored classes that follow from the declared types and are no difference of what is stored
 * @param sameType whether both are of one type in one form, so that whatever differs in it is a difference
 */
record ComparedColumn(Expression control, Expression candidate, Set<DifferenceClass> ignored, boolean sameType) {
    /** Whether both sides are columns, not computed from some. */
    boolean isPlain() {
        return control.plain() && candidate.plain();
    }

    boolean bothSides(Predicate<Expression> holds) {
        return holds.test(control) && holds.test(candidate);
    }

    /**
     * What of one side's rows is compared.
     *
     * @param column the column's name, for people
     * @param sql the column or what is computed from it
     * @param plain whether it is the column itself
     * @param typeName its type without domains
     * @param hashed what of it goes into the row's hash
     * @param shown what is fetched to tell how values differ
     * @param shownType the OID of {@code shown}'s type
     * @param notNull whether it is declared NOT NULL
     */
    record Expression(
            String column,
            String sql,
            boolean plain,
            String typeName,
            String hashed,
            String shown,
            int shownType,
            boolean notNull) {}
}
