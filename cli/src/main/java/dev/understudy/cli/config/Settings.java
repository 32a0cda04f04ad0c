package dev.understudy.cli.config;

import dev.understudy.cli.Suggestion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of flags that were not given: from {@code UNDERSTUDY_*} variables, else from the file. In the file a flag
 * stands under its command's name, or at the top where several commands have it.
 *
 * <pre>
 * bootstrap-server: kafka.example:9092
 * kafka:                      # for Kafka's clients, word by word
 *   security.protocol: SASL_SSL
 * replay:
 *   target: postgres://app@${STAGING:-localhost}/shop
 * </pre>
 *
 * @param byCommand flags by command; the empty command's are those at the top
 * @param kafka properties for Kafka's clients
 * @param environment the environment variables
 */
public record Settings(
        Map<String, Map<String, Value>> byCommand, Map<String, String> kafka, Map<String, String> environment) {
    private static final String TOP = "";
    private static final String KAFKA = "kafka";

    /**
     * A value and where it comes from.
     *
     * @param text the value
     * @param where {@code file:line:column} or the variable's name
     */
    public record Value(String text, String where) {}

    /**
     * Reads them.
     *
     * @param file the file, null for none
     * @param flagsByCommand which long flags, without dashes, each command takes
     * @param environment the environment variables
     * @throws InvalidFileException if the file is wrong
     */
    public static Settings read(
            @Nullable Path file, Map<String, Set<String>> flagsByCommand, Map<String, String> environment) {
        Map<String, Map<String, Value>> byCommand = new LinkedHashMap<>();
        Map<String, String> kafka = new LinkedHashMap<>();
        if (file != null) {
            Set<String> everywhere = flagsByCommand.values().stream()
                    .flatMap(Set::stream)
                    .collect(Collectors.toCollection(TreeSet::new));
            YamlReader.read(file).entries().forEach((key, node) -> {
                Set<String> flags = flagsByCommand.get(key.text());
                if (key.text().equals(KAFKA)) {
                    mapping(node).entries().forEach((k, v) -> kafka.put(k.text(), scalar(k, v, environment)));
                } else if (flags != null) {
                    mapping(node).entries().forEach((k, v) -> put(byCommand, key.text(), k, v, flags, environment));
                } else {
                    Set<String> known = new TreeSet<>(everywhere);
                    known.addAll(flagsByCommand.keySet());
                    known.add(KAFKA);
                    checkKnown(key, known);
                    put(byCommand, TOP, key, node, everywhere, environment);
                }
            });
        }
        return new Settings(byCommand, kafka, environment);
    }

    /**
     * The value of a command's flag, if one is set anywhere but on the command line.
     *
     * @param command the command's name
     * @param flag the long flag without dashes
     */
    public Optional<Value> value(String command, String flag) {
        for (String variable : new String[] {variable(command + "_" + flag), variable(flag)}) {
            String set = environment.get(variable);
            if (set != null && !set.isEmpty()) {
                return Optional.of(new Value(set, variable));
            }
        }
        Value value = byCommand.getOrDefault(command, Map.of()).get(flag);
        return Optional.ofNullable(
                value != null ? value : byCommand.getOrDefault(TOP, Map.of()).get(flag));
    }

    private static String variable(String name) {
        return "UNDERSTUDY_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static void put(
            Map<String, Map<String, Value>> byCommand,
            String command,
            YamlNode.Scalar key,
            YamlNode node,
            Set<String> known,
            Map<String, String> environment) {
        checkKnown(key, known);
        if (node instanceof YamlNode.Scalar scalar && scalar.text().isEmpty()) {
            throw new InvalidFileException(key.where() + ": expected a value for '" + key.text() + "'");
        }
        String text = scalar(key, node, environment);
        // ${VAR:-} is how a file says: only where the variable is set.
        if (!text.isEmpty()) {
            byCommand
                    .computeIfAbsent(command, c -> new LinkedHashMap<>())
                    .put(key.text(), new Value(text, node.where()));
        }
    }

    private static void checkKnown(YamlNode.Scalar key, Set<String> known) {
        if (!known.contains(key.text())) {
            throw new InvalidFileException(
                    key.where() + ": unknown key '" + key.text() + "'" + Suggestion.didYouMean(key.text(), known));
        }
    }

    private static YamlNode.Mapping mapping(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.text().isEmpty()) {
            return new YamlNode.Mapping(scalar.where(), Map.of());
        }
        throw new InvalidFileException(node.where() + ": expected 'name: value' below this key");
    }

    /** A list becomes one value with commas, as on the command line. */
    private static String scalar(YamlNode.Scalar key, YamlNode node, Map<String, String> environment) {
        if (node instanceof YamlNode.Scalar scalar) {
            return Substitution.apply(scalar, environment);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream()
                    .map(item -> scalar(key, item, environment))
                    .collect(Collectors.joining(","));
        }
        throw new InvalidFileException(node.where() + ": expected a value for '" + key.text() + "', found a block");
    }
}
