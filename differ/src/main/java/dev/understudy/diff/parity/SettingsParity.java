package dev.understudy.diff.parity;

import dev.understudy.trace.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Versions, settings, extensions, collations and roles of two servers. */
final class SettingsParity {
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

    private static final String ABSENT = "absent";

    private SettingsParity() {}

    static List<ParityItem> compare(Catalog baseline, Catalog candidate) {
        List<ParityItem> items = new ArrayList<>();
        int before = baseline.serverVersion();
        int after = candidate.serverVersion();
        if (before != after) {
            items.add(new ParityItem("version", "server", version(before), version(after), false));
        }
        settings(baseline.settings(), candidate.settings(), items);
        maps("extension", baseline.extensions(), candidate.extensions(), items);
        maps("collation", baseline.collations(), candidate.collations(), items);
        roles(baseline, candidate, items);
        return items;
    }

    private static String version(int number) {
        return number / 10_000 + "." + number % 10_000;
    }

    private static void settings(Map<String, String> before, Map<String, String> after, List<ParityItem> items) {
        for (String name : new TreeSet<>(before.keySet())) {
            String was = before.getOrDefault(name, "");
            String is = after.get(name);
            // A setting that one side could not read says nothing.
            if (is != null && !isSame(name, was, is)) {
                items.add(new ParityItem("setting", name, was, is, CHANGE_ANSWERS.contains(name)));
            }
        }
    }

    /** Locales are spelled in several ways: en_US.UTF-8, en_US.utf8. */
    private static boolean isSame(String name, String was, String is) {
        return was.equals(is)
                || (name.startsWith("lc_") || name.equals("locale"))
                        && locale(was).equals(locale(is));
    }

    private static String locale(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }

    private static void maps(
            String kind, Map<String, String> before, Map<String, String> after, List<ParityItem> items) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String was = before.getOrDefault(name, ABSENT);
            String is = after.getOrDefault(name, ABSENT);
            if (!was.equals(is)) {
                items.add(new ParityItem(kind, name, was, is, false));
            }
        }
    }

    private static void roles(Catalog baseline, Catalog candidate, List<ParityItem> items) {
        Set<String> there = new TreeSet<>();
        candidate.roles().forEach(role -> there.add(role.name()));
        baseline.roles().stream()
                .map(Catalog.Role::name)
                .filter(name -> !there.contains(name))
                .sorted()
                .forEach(name -> items.add(new ParityItem("role", name, "present", ABSENT, false)));
    }
}
