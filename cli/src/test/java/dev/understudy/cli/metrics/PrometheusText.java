package dev.understudy.cli.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format 0.0.4 as strictly as its specification words it, and says of anything else what is wrong:
 * https://prometheus.io/docs/instrumenting/exposition_formats/.
 */
public final class PrometheusText {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SAMPLE =
            Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<value>(?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(?:,|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Set<String> series = new HashSet<>();

    private PrometheusText() {}

    /** All samples of one name, those of a histogram's parts among them. */
    public record Family(String name, String help, String type, List<Sample> samples) {
        /** The value of the one sample with these labels, which may have others too. */
        public double value(String... labels) {
            Map<String, String> wanted = new TreeMap<>();
            for (int i = 0; i < labels.length; i += 2) {
                wanted.put(labels[i], labels[i + 1]);
            }
            List<Sample> found = samples.stream()
                    .filter(sample -> sample.labels().entrySet().containsAll(wanted.entrySet()))
                    .filter(sample ->
                            sample.name().equals(name) || sample.name().equals(name + "_count"))
                    .toList();
            if (found.size() != 1) {
                throw new AssertionError(name + wanted + ": expected one sample, found " + found);
            }
            return found.get(0).value();
        }
    }

    /** One line. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /**
     * Reads it all.
     *
     * @throws IllegalArgumentException with the line that is wrong
     */
    public static Map<String, Family> parse(String text) {
        require(text.isEmpty() || text.endsWith("\n"), "the last line must end with a line feed", text);
        PrometheusText reader = new PrometheusText();
        String help = "";
        for (String line : text.split("\n")) {
            if (line.startsWith("# HELP ")) {
                help = line;
            } else if (line.startsWith("# TYPE ")) {
                reader.type(line, help);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                reader.sample(line);
            }
        }
        reader.families.values().forEach(PrometheusText::check);
        return reader.families;
    }

    private void type(String line, String help) {
        String[] words = line.split(" ");
        require(words.length == 4 && NAME.matcher(words[2]).matches() && TYPES.contains(words[3]), "no type", line);
        require(help.startsWith("# HELP " + words[2] + " "), "a type without its help before it", line);
        Family family = new Family(words[2], help.substring(8 + words[2].length()), words[3], new ArrayList<>());
        require(families.put(words[2], family) == null, "a second type of one name", line);
    }

    private void sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), "no sample", line);
        String name = sample.group("name");
        Map<String, String> labels = labels(sample.group("labels"), line);
        require(series.add(name + labels), "a second sample of one series", line);
        Family last = families.values().stream().reduce((a, b) -> b).orElse(null);
        require(last != null && belongs(last, name), "a sample outside its family", line);
        last.samples().add(new Sample(name, labels, number(sample.group("value"))));
    }

    private static boolean belongs(Family family, String name) {
        return switch (family.type()) {
            case "histogram" ->
                Set.of(family.name() + "_bucket", family.name() + "_sum", family.name() + "_count")
                        .contains(name);
            case "summary" ->
                Set.of(family.name(), family.name() + "_sum", family.name() + "_count")
                        .contains(name);
            default -> name.equals(family.name());
        };
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        if (text != null) {
            Matcher label = LABEL.matcher(text);
            int end = 0;
            while (end < text.length()) {
                require(label.find(end) && label.start() == end, "no label", line);
                require(labels.put(label.group("name"), label.group("value")) == null, "a label twice", line);
                end = label.end();
            }
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static void check(Family family) {
        if (family.type().equals("counter")) {
            require(family.name().endsWith("_total"), "a counter's name ends with _total", family.name());
            for (Sample sample : family.samples()) {
                require(sample.value() >= 0, "a counter is not below zero", sample.toString());
            }
        }
        if (family.type().equals("histogram")) {
            histogram(family);
        }
    }

    /** Buckets grow with their bound, and the last one is the count. */
    private static void histogram(Family family) {
        Map<Map<String, String>, TreeMap<Double, Double>> buckets = new LinkedHashMap<>();
        for (Sample sample : family.samples()) {
            if (sample.name().endsWith("_bucket")) {
                Map<String, String> others = new TreeMap<>(sample.labels());
                double bound = number(others.remove("le"));
                buckets.computeIfAbsent(others, key -> new TreeMap<>()).put(bound, sample.value());
            }
        }
        require(!buckets.isEmpty(), "a histogram without buckets", family.name());
        buckets.forEach((labels, byBound) -> {
            double last = 0;
            for (double count : byBound.values()) {
                require(count >= last, "a bucket below the one before it", family.name() + labels + byBound);
                last = count;
            }
            require(byBound.lastKey().isInfinite(), "no bucket +Inf", family.name() + labels);
            double count = family.samples().stream()
                    .filter(sample ->
                            sample.name().endsWith("_count") && sample.labels().equals(labels))
                    .findFirst()
                    .orElseThrow()
                    .value();
            require(count == last, "the bucket +Inf is not the count", family.name() + labels);
        });
    }

    private static void require(boolean holds, String what, String where) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": " + where);
        }
    }
}
