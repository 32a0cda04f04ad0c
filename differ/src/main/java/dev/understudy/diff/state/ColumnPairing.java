package dev.understudy.diff.state;

import dev.understudy.diff.state.CommonForm.Source;
import dev.understudy.diff.state.TableMapping.ColumnMapping;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.Identifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which columns of two tables belong together: what a mapping says, else the name. */
final class ColumnPairing {
    private ColumnPairing() {}

    /** Two columns of which the forms are not chosen yet. */
    record Pair(Source control, Source candidate) {}

    /** The control's columns in their order, then what mappings compute. Asks a server only for types of expressions. */
    static List<Pair> pairs(Sides sides, Catalog.Relation before, Catalog.Relation after, TableMapping mapping)
            throws SideException, InterruptedException {
        Set<String> done = new HashSet<>();
        mapping.leftOut().forEach(left -> done.add(left.column()));
        List<Pair> pairs = new ArrayList<>();
        for (ColumnMapping column : mapping.columns()) {
            Source left = source(sides, sides.control(), before, column.baseline(), column.baselineSql());
            Source right = source(sides, sides.candidate(), after, column.candidate(), column.candidateSql());
            if (left != null && right != null) {
                pairs.add(new Pair(left, right));
                done.add(column.baseline());
            }
        }
        List<Pair> byName = new ArrayList<>();
        for (Catalog.Attribute attribute : before.attributes()) {
            Source left = plain(before, attribute.name());
            Source right = plain(after, attribute.name());
            if (left != null && right != null && done.add(attribute.name())) {
                byName.add(new Pair(left, right));
            }
        }
        byName.addAll(pairs);
        return byName;
    }

    private static @Nullable Source source(
            Sides sides, SideSession side, Catalog.Relation relation, String column, String sql)
            throws SideException, InterruptedException {
        if (sql.isEmpty()) {
            return plain(relation, column);
        }
        String expression = "(" + sql + ")";
        int type = sides.one(side, session -> typeOf(session, relation, expression));
        return new Source(column, expression, false, type, -1, false);
    }

    private static @Nullable Source plain(Catalog.Relation relation, String column) {
        for (Catalog.Attribute attribute : relation.attributes()) {
            if (attribute.name().equals(column)) {
                return new Source(
                        column,
                        Identifiers.quoted(column),
                        true,
                        attribute.typeOid(),
                        attribute.typeModifier(),
                        attribute.notNull());
            }
        }
        return null;
    }

    private static int typeOf(SideSession side, Catalog.Relation relation, String expression) throws SQLException {
        List<Integer> types = new ArrayList<>();
        side.query(
                "SELECT pg_typeof((SELECT " + expression + " FROM " + SideSql.from(relation) + " LIMIT 0))::oid::int8",
                row -> types.add((int) row.getLong(1)));
        return types.get(0);
    }
}
