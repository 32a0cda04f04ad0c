package dev.understudy.diff.state;

import dev.understudy.diff.state.ComparedColumn.Expression;
import dev.understudy.diff.state.KeyChoice.Key;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.RowHash;
import dev.understudy.trace.run.TableComparison.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * How one table is compared.
 *
 * @param columns what is compared of its rows
 * @param key by what rows are paired, empty for none
 * @param recordHash whether both servers hash rows as they are
 * @param control what to ask the control
 * @param candidate what to ask the candidate
 */
record TablePlan(
        List<ComparedColumn> columns,
        List<ComparedColumn> key,
        boolean recordHash,
        SideSql control,
        SideSql candidate) {
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    /**
     * A plan.
     *
     * @param asText whether columns of different types are compared as text only
     */
    static TablePlan of(Sides sides, TablePair pair, Catalog.Relation before, Catalog.Relation after, boolean asText)
            throws SideException, InterruptedException {
        SideSession control = sides.control();
        SideSession candidate = sides.candidate();
        CommonForm form = new CommonForm(control.hash(), candidate.hash(), asText);
        List<ComparedColumn> columns = new ArrayList<>();
        for (ColumnPairing.Pair columnPair : ColumnPairing.pairs(sides, before, after, pair.mapping())) {
            columns.add(form.of(columnPair.control(), columnPair.candidate()));
        }
        Key key = KeyChoice.choose(control.catalog(), before, candidate.catalog(), after, columns);
        boolean recordHash =
                Math.min(control.catalog().serverVersion(), candidate.catalog().serverVersion())
                        >= RowHash.VERSION_WITH_RECORD_HASH;
        boolean integer = key.columns().size() == 1
                && key.columns().get(0).bothSides(expression -> INTEGERS.contains(expression.typeName()))
                && key.columns().get(0).bothSides(Expression::notNull);
        boolean whole = before.kind() == 'p' || after.kind() == 'p';
        return new TablePlan(
                columns,
                key.columns(),
                recordHash,
                sql(
                        whole ? SideSql.withHeirs(before) : SideSql.from(before),
                        columns,
                        key,
                        key.uniqueOnControl(),
                        integer,
                        recordHash,
                        ComparedColumn::control),
                sql(
                        whole ? SideSql.withHeirs(after) : SideSql.from(after),
                        columns,
                        key,
                        key.uniqueOnCandidate(),
                        integer,
                        recordHash,
                        ComparedColumn::candidate));
    }

    private static SideSql sql(
            String from,
            List<ComparedColumn> columns,
            Key key,
            boolean unique,
            boolean integer,
            boolean recordHash,
            Function<ComparedColumn, Expression> side) {
        String rowHash = RowHash.row(hashed(columns, side), recordHash);
        List<String> keyShown =
                key.columns().stream().map(side).map(Expression::shown).toList();
        String column = integer ? side.apply(key.columns().get(0)).sql() : "";
        String id = integer
                ? column + "::int8"
                : key.columns().isEmpty() ? rowHash : RowHash.row(hashed(key.columns(), side), recordHash);
        return new SideSql(
                from,
                rowHash,
                id,
                column,
                key.columns().isEmpty(),
                integer && unique,
                keyShown,
                columns.stream().map(side).map(Expression::shown).toList());
    }

    private static List<String> hashed(List<ComparedColumn> columns, Function<ComparedColumn, Expression> side) {
        return columns.stream().map(side).map(Expression::hashed).toList();
    }

    /** A hash of some columns only. */
    String hash(List<ComparedColumn> some, Function<ComparedColumn, Expression> side) {
        return RowHash.row(hashed(some, side), recordHash);
    }

    boolean isKeyed() {
        return !key.isEmpty();
    }

    /** Whether buckets are ranges of the key. */
    boolean hasRanges() {
        return !control.idColumn().isEmpty();
    }

    Method method() {
        return isKeyed() ? Method.KEY : Method.MULTISET;
    }

    /** The key's columns by the control's names. */
    List<String> keyNames() {
        return key.stream().map(column -> column.control().column()).toList();
    }
}
