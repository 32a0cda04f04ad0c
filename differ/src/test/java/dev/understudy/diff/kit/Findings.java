package dev.understudy.diff.kit;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import dev.understudy.diff.parity.Finding;
import java.util.List;

/** Builds findings of whole tables. */
public final class Findings {
    private Findings() {}

    /** One row that only the control has, or one cell that differs, whose path is its origin. */
    public static Finding finding(DifferenceClass type, String path, Attribution attribution) {
        return new Finding(type, type.severity(), path, "-1 row", attribution, path, 1, 10, List.of());
    }
}
