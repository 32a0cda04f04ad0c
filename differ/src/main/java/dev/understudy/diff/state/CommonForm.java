package dev.understudy.diff.state;

import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.state.ComparedColumn.Expression;
import dev.understudy.pgwire.value.PgType;
import dev.understudy.trace.run.RowHash;
import java.util.Set;

/**
 * In what form two columns are held against each other: as they are where they are of one type, else in a form that
 * keeps every fact that both types can hold and drops what the declared type alone decides, such as the fractional
 * digits of a numeric(10,2). Where there is none, as text.
 */
final class CommonForm {
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final Set<String> DECIMALS = Set.of("int2", "int4", "int8", "numeric");
    private static final Set<String> FLOATS = Set.of("float4", "float8");
    private static final Set<String> MOMENTS = Set.of("date", "timestamp", "timestamptz");
    private static final Set<String> JSON = Set.of("json", "jsonb");

    private final RowHash controlHash;
    private final RowHash candidateHash;
    private final boolean asText;

    /** One side of a pair, before a form is chosen; {@code modifier} is -1 where there is none. */
    record Source(String column, String sql, boolean plain, int type, int modifier, boolean notNull) {}

    /**
     * A choice between two servers' types.
     *
     * @param asText whether different types are compared as text only, which converts without errors
     */
    CommonForm(RowHash controlHash, RowHash candidateHash, boolean asText) {
        this.controlHash = controlHash;
        this.candidateHash = candidateHash;
        this.asText = asText;
    }

    ComparedColumn of(Source control, Source candidate) {
        String before = controlHash.typeName(control.type());
        String after = candidateHash.typeName(candidate.type());
        boolean sized = before.equals("numeric") || before.equals("bpchar");
        boolean sameForm = controlHash.form(control.type()).equals(candidateHash.form(candidate.type()));
        boolean alike = sameForm && !(sized && after.equals(before) && control.modifier() != candidate.modifier());
        if (alike) {
            return new ComparedColumn(
                    asItIs(control, controlHash), asItIs(candidate, candidateHash), Set.of(), before.equals(after));
        }
        if (asText) {
            return both(control, candidate, "%s::text", RowHash.text("%s"), PgType.TEXT, Set.of());
        }
        if (areOf(INTEGERS, before, after)) {
            return both(control, candidate, "%s::int8", "%s::int8, %<s::int8 >> 32", PgType.INT8, Set.of());
        }
        if (areOf(DECIMALS, before, after)) {
            return both(
                    control,
                    candidate,
                    "%s::numeric",
                    "numeric_send(trim_scale(%s::numeric))",
                    PgType.NUMERIC,
                    Set.of(DifferenceClass.VALUE_NUMERIC_SCALE));
        }
        if (areOf(FLOATS, before, after)) {
            return both(control, candidate, "%s::float8", "float8send(%s::float8)", PgType.FLOAT8, Set.of());
        }
        if (areOf(MOMENTS, before, after)) {
            // The session's zone is UTC.
            return both(control, candidate, "%s::timestamptz", "%s::timestamptz", PgType.TIMESTAMPTZ, Set.of());
        }
        if (areOf(JSON, before, after)) {
            return both(control, candidate, "%s::jsonb", "jsonb_send(%s::jsonb)", PgType.JSONB, Set.of());
        }
        // The cast takes a char(n)'s padding off, which its declared length decides.
        return both(control, candidate, "%s::text", RowHash.text("%s"), PgType.TEXT, Set.of());
    }

    private static boolean areOf(Set<String> family, String before, String after) {
        return family.contains(before) && family.contains(after);
    }

    private static Expression asItIs(Source source, RowHash hash) {
        return new Expression(
                source.column(),
                source.sql(),
                source.plain(),
                hash.typeName(source.type()),
                hash.value(source.sql(), source.type()),
                source.sql(),
                source.type(),
                source.notNull());
    }

    private ComparedColumn both(
            Source control, Source candidate, String shown, String hashed, PgType type, Set<DifferenceClass> ignored) {
        return new ComparedColumn(
                converted(control, controlHash.typeName(control.type()), shown, hashed, type),
                converted(candidate, candidateHash.typeName(candidate.type()), shown, hashed, type),
                ignored,
                false);
    }

    private static Expression converted(Source source, String typeName, String shown, String hashed, PgType type) {
        return new Expression(
                source.column(),
                source.sql(),
                source.plain(),
                typeName,
                hashed.replace("%<s", source.sql()).replace("%s", source.sql()),
                shown.replace("%s", source.sql()),
                type.oid(),
                source.notNull());
    }
}
