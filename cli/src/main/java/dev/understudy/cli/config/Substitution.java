package dev.understudy.cli.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${VAR}} and {@code ${VAR:-default}} by environment variables; {@code $$} is a dollar sign. */
final class Substitution {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{[^}]*}?");

    private Substitution() {}

    /**
     * Replaces them all.
     *
     * @throws InvalidFileException if a variable without default is not set, or the form is wrong
     */
    static String apply(YamlNode.Scalar value, Map<String, String> environment) {
        Matcher matcher = VARIABLE.matcher(value.text());
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(result, Matcher.quoteReplacement(replacement(matcher, value, environment)));
        }
        return matcher.appendTail(result).toString();
    }

    private static String replacement(Matcher found, YamlNode.Scalar value, Map<String, String> environment) {
        if (found.group().equals("$$")) {
            return "$";
        }
        String name = found.group(1);
        if (name == null) {
            throw new InvalidFileException(
                    value.where() + ": expected ${NAME} or ${NAME:-default}, found '" + found.group() + "'");
        }
        String set = environment.get(name);
        String otherwise = found.group(2);
        if (otherwise != null) {
            return set == null || set.isEmpty() ? otherwise : set;
        }
        if (set == null) {
            throw new InvalidFileException(value.where() + ": the environment variable " + name + " is not set; ${"
                    + name + ":-default} gives one");
        }
        return set;
    }
}
