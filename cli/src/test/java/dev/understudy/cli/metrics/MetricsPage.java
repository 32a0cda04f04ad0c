package dev.understudy.cli.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of {@code docs/metrics.md}. */
public final class MetricsPage {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `(?<name>[a-z_]+)` \\| (?<type>[a-z]+) \\|(?<labels>[^|]*)\\| (?<what>[^|]+) \\|");
    private static final Pattern QUOTED = Pattern.compile("`([a-z_]+)`");
    private static final Pattern PREFIX = Pattern.compile("`([a-z_]+_)\\*`");

    /** One row. */
    public record Row(String type, Set<String> labels) {}

    private MetricsPage() {}

    /** What is documented of the metrics that begin so, by name. */
    public static Map<String, Row> rows(String prefix) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && row.group("name").startsWith(prefix)) {
                Set<String> labels = new TreeSet<>();
                for (Matcher label = QUOTED.matcher(row.group("labels")); label.find(); ) {
                    labels.add(label.group(1));
                }
                if (rows.put(row.group("name"), new Row(row.group("type"), labels)) != null) {
                    throw new AssertionError("twice on the page: " + row.group("name"));
                }
            }
        }
        return rows;
    }

    /** With what other names may begin. */
    public static Set<String> otherPrefixes() throws IOException {
        Set<String> prefixes = new TreeSet<>();
        for (Matcher prefix = PREFIX.matcher(Files.readString(PAGE)); prefix.find(); ) {
            prefixes.add(prefix.group(1));
        }
        return prefixes;
    }

    /** What is served, in the page's words; a name of another prefix than this is left out. */
    public static Map<String, Row> served(Map<String, PrometheusText.Family> families, String prefix) {
        Map<String, Row> rows = new LinkedHashMap<>();
        families.forEach((name, family) -> {
            if (name.startsWith(prefix)) {
                Set<String> labels = new TreeSet<>();
                family.samples().forEach(sample -> labels.addAll(sample.labels().keySet()));
                labels.remove("le");
                rows.put(name, new Row(family.type(), labels));
            }
        });
        return rows;
    }
}
