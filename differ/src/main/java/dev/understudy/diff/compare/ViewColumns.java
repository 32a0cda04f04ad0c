package dev.understudy.diff.compare;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.ViewOrigins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the columns of one server's views come from, followed down to what is no view's. Immutable once built. */
final class ViewColumns {
    /** Views over views are followed so far; deeper columns count as the last view's own. */
    private static final int MAX_DEPTH = 32;

    private final Map<Source, Source> below = new HashMap<>();

    /** A relation's column. */
    record Source(int relationOid, int attribute) {}

    /** Of what the arm told; null knows none. */
    ViewColumns(@Nullable ViewOrigins origins) {
        if (origins != null) {
            for (ViewOrigins.ViewColumn column : origins.columns()) {
                below.put(
                        new Source(column.viewOid(), column.attribute()),
                        new Source(column.relationOid(), column.relationAttribute()));
            }
        }
    }

    /**
     * What an arm told, said of another server: of views that have the same query there, over relations of the same names.
     *
     * @param arm the catalog of the arm that told
     * @param server the catalog of the other server
     */
    static ViewOrigins translated(ViewOrigins origins, Catalog arm, Catalog server) {
        Map<Integer, Catalog.Relation> ofArm =
                arm.relations().stream().collect(Collectors.toMap(Catalog.Relation::oid, Function.identity()));
        Map<String, Catalog.Relation> ofServer = server.relations().stream()
                .collect(Collectors.toMap(Catalog.Relation::qualifiedName, Function.identity()));
        List<ViewOrigins.ViewColumn> columns = new ArrayList<>();
        for (ViewOrigins.ViewColumn column : origins.columns()) {
            Catalog.Relation view = same(ofArm.get(column.viewOid()), ofServer);
            Catalog.Relation base = same(ofArm.get(column.relationOid()), ofServer);
            if (view != null && base != null) {
                columns.add(new ViewOrigins.ViewColumn(
                        view.oid(), column.attribute(), base.oid(), column.relationAttribute()));
            }
        }
        return new ViewOrigins(origins.run(), origins.arm(), columns);
    }

    private static Catalog.@Nullable Relation same(
            Catalog.@Nullable Relation relation, Map<String, Catalog.Relation> others) {
        Catalog.Relation other = relation == null ? null : others.get(relation.qualifiedName());
        return relation != null && other != null && Objects.equals(relation.definition(), other.definition())
                ? other
                : null;
    }

    /** The column that a column shows, itself where it is no view's or is computed there. */
    Source resolve(Source column) {
        Source at = column;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            Source next = below.get(at);
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }
}
