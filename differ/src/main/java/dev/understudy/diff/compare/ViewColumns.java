package dev.understudy.diff.compare;

import dev.understudy.trace.run.ViewOrigins;
import java.util.HashMap;
import java.util.Map;
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
