package dev.understudy.diff.parity;

import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.catalog.CatalogDiff;
import dev.understudy.trace.catalog.CatalogDifference;
import dev.understudy.trace.catalog.CatalogDifference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In what two servers' catalogs differ, and whether answers can be compared in spite of it. */
final class CatalogParity {
    /** Settings that change what is answered to the same question over the same data. */
    private static final Set<String> CHANGE_ANSWERS = Set.of(
            "array_nulls",
            "bytea_output",
            "DateStyle",
            "default_text_search_config",
            "extra_float_digits",
            "IntervalStyle",
            "lc_monetary",
            "lc_numeric",
            "lc_time",
            "lc_collate",
            "lc_ctype",
            "locale_provider",
            "locale",
            "row_security",
            "search_path",
            "server_encoding",
            "session_replication_role",
            "standard_conforming_strings",
            "TimeZone",
            "timezone_abbreviations",
            "transform_null_equals",
            "xmlbinary",
            "xmloption");

    /** Names of one zone. */
    private static final Set<String> UTC = Set.of("UTC", "Etc/UTC", "GMT", "Etc/GMT", "UCT", "Etc/UCT", "Zulu");
    /** A function's body is longer than a report needs. */
    private static final int MAX_SHOWN = 200;

    private CatalogParity() {}

    /** The differences; those of the schema too where {@code withSchema}. */
    static List<ParityItem> compare(Catalog baseline, Catalog other, boolean withSchema) {
        List<ParityItem> items = new ArrayList<>();
        for (CatalogDifference difference : CatalogDiff.compare(baseline, other)) {
            if (difference.kind() == Kind.SETTING) {
                setting(difference, items);
            } else if (withSchema || !difference.kind().isSchema()) {
                items.add(item(difference, false));
            }
        }
        return items;
    }

    private static void setting(CatalogDifference difference, List<ParityItem> items) {
        String was = difference.baseline();
        String is = difference.candidate();
        if (was == null || is == null) {
            return; // A setting that one side could not read says nothing.
        }
        boolean same = isSameLocale(difference.object(), was, is) || UTC.contains(was) && UTC.contains(is);
        if (!same) {
            items.add(item(difference, CHANGE_ANSWERS.contains(difference.object())));
        }
    }

    private static ParityItem item(CatalogDifference difference, boolean failure) {
        String kind = difference.kind().isSchema()
                ? difference.kind().schemaClass()
                : difference.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new ParityItem(
                kind, difference.object(), present(difference.baseline()), present(difference.candidate()), failure);
    }

    private static String present(@Nullable String side) {
        if (side == null) {
            return ParityItem.ABSENT;
        }
        return side.length() <= MAX_SHOWN ? side : side.substring(0, MAX_SHOWN - 1) + "…";
    }

    /** Locales are spelled in several ways: en_US.UTF-8, en_US.utf8. */
    private static boolean isSameLocale(String name, String was, String is) {
        return (name.startsWith("lc_") || name.equals("locale")) && locale(was).equals(locale(is));
    }

    private static String locale(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }
}
