package dev.understudy.diff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.diff.group.DifferenceGroup;
import dev.understudy.diff.group.GroupDisposition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A difference that must be found.
 *
 * @param classes its class; several where the design leaves open which, a star stands for anything
 * @param paths its path, or the path's first parts; its separators do not count; several where it has two names; a star
 *     for any
 * @param attributions whose fault; {@code finding} where it must be a finding that nobody expected, whoever is to blame
 * @param transition what changed, empty if that is not looked at
 * @param count how often, -1 for any number from one
 * @param groups how many groups, 0 if that is not looked at
 * @param optional whether it may be missing
 */
record ExpectedDifference(
        List<String> classes,
        List<String> paths,
        List<String> attributions,
        String transition,
        long count,
        int groups,
        boolean optional) {
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}_?]+");

    /** {@code CLASS path attribution}, or an object. */
    static ExpectedDifference of(JsonNode written) {
        if (written.isTextual()) {
            String[] parts = written.asText().split(" ", 3);
            if (parts.length != 3) {
                throw new IllegalArgumentException("expected=" + written + ": class, path and attribution");
            }
            return new ExpectedDifference(either(parts[0]), either(parts[1]), either(parts[2]), "", 1, 0, false);
        }
        return new ExpectedDifference(
                either(written.path("class").asText()),
                either(written.path("path").asText()),
                either(written.path("attribution").asText()),
                written.path("transition").asText(),
                written.path("count").asText().equals("any")
                        ? -1
                        : written.path("count").asLong(1),
                written.path("groups").asInt(),
                written.path("optional").asBoolean());
    }

    private static List<String> either(String written) {
        if (written.isEmpty()) {
            throw new IllegalArgumentException("an expected difference says class, path and attribution");
        }
        return List.of(written.split("\\|"));
    }

    boolean matches(DifferenceGroup group) {
        return classes.stream().anyMatch(each -> like(each, group.type().name()))
                && paths.stream().anyMatch(path -> path.equals("*") || leads(path, group.path()))
                && attributions.stream().anyMatch(each -> attributed(each, group));
    }

    boolean hasTransition(DifferenceGroup group) {
        return transition.isEmpty() || group.transition().equals(transition);
    }

    /** What is missing where that many were found. */
    Optional<String> missing(long found, int inGroups, boolean withTransition) {
        if (found == 0) {
            return optional ? Optional.empty() : Optional.of("missing: " + this);
        }
        if (count >= 0 && found != count && !optional) {
            return Optional.of("found " + found + " times: " + this);
        }
        if (groups > 0 && inGroups != groups) {
            return Optional.of("in " + inGroups + " groups: " + this);
        }
        return withTransition ? Optional.empty() : Optional.of("with another transition: " + this);
    }

    private static boolean like(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static boolean attributed(String label, DifferenceGroup group) {
        return switch (label) {
            case "finding" -> group.disposition() == GroupDisposition.UNEXPECTED;
            case "explained" -> group.attribution().label().startsWith("explained");
            default -> group.attribution().label().equals(label);
        };
    }

    private static boolean leads(String written, String path) {
        List<String> parts = parts(written);
        List<String> found = parts(path);
        return found.size() >= parts.size() && found.subList(0, parts.size()).equals(parts);
    }

    private static List<String> parts(String path) {
        return Arrays.stream(SEPARATORS.split(path))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
