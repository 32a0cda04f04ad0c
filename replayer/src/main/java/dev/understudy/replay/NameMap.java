package dev.understudy.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of production and what stands for them on the arms; a name without a rule stands for itself.
 *
 * @param names by production's name
 */
public record NameMap(Map<String, String> names) {
    /** Every name stands for itself. */
    public static final NameMap SAME = new NameMap(Map.of());

    /** Copies the map. */
    public NameMap {
        names = Map.copyOf(names);
    }

    /**
     * Reads rules {@code FROM=TO}.
     *
     * @param flag for errors
     * @throws IllegalArgumentException if a rule is none, or two say different things of one name
     */
    public static NameMap parse(String flag, List<String> rules) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String rule : rules) {
            int equals = rule.indexOf('=');
            String from = rule.substring(0, Math.max(0, equals)).trim();
            String to = rule.substring(equals + 1).trim();
            if (from.isEmpty() || to.isEmpty()) {
                throw new IllegalArgumentException(flag + "=" + rule + ": expected FROM=TO");
            }
            String before = names.putIfAbsent(from, to);
            if (before != null && !before.equals(to)) {
                throw new IllegalArgumentException(
                        flag + "=" + rule + ": " + from + " is mapped to " + before + " already");
            }
        }
        return new NameMap(names);
    }

    /** What stands for a name. */
    public String of(String name) {
        return names.getOrDefault(name, name);
    }
}
