package dev.understudy.replay.selection;

import dev.understudy.replay.schedule.SessionInfo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and statements that are wanted: of each kind named, one of its values must match.
 *
 * @param wanted values by kind, empty for everything
 */
public record Filter(Map<Kind, Set<String>> wanted) {
    /** Everything. */
    public static final Filter NONE = new Filter(Map.of());

    /** What can be asked for. */
    public enum Kind {
        /** The session's role, as it is on the arms. */
        USER,
        /** The database that the session asked for. */
        DATABASE,
        /** The session's application_name, as it began. */
        APPLICATION,
        /** The fingerprint of a statement. */
        FINGERPRINT
    }

    /** Copies the map. */
    public Filter {
        wanted = Map.copyOf(wanted);
    }

    /**
     * Reads terms {@code kind=value}; several of one kind are alternatives.
     *
     * @throws IllegalArgumentException if a term is none
     */
    public static Filter parse(List<String> terms) {
        Map<Kind, Set<String>> wanted = new EnumMap<>(Kind.class);
        for (String term : terms) {
            int equals = term.indexOf('=');
            String value = term.substring(equals + 1).trim();
            Kind kind = kind(term.substring(0, Math.max(0, equals)).trim());
            if (kind == null || value.isEmpty()) {
                throw new IllegalArgumentException(
                        "filter=" + term + ": expected user=, database=, application= or fingerprint=, and a value");
            }
            wanted.computeIfAbsent(kind, any -> new HashSet<>()).add(value);
        }
        return new Filter(wanted);
    }

    private static @Nullable Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        return null;
    }

    /** Whether nothing is asked for. */
    public boolean isNone() {
        return wanted.isEmpty();
    }

    boolean wants(SessionInfo session) {
        return wants(Kind.USER, session.user())
                && wants(Kind.DATABASE, session.database())
                && wants(Kind.APPLICATION, session.application());
    }

    /** The fingerprints wanted, empty for all. */
    Set<String> fingerprints() {
        return wanted.getOrDefault(Kind.FINGERPRINT, Set.of());
    }

    private boolean wants(Kind kind, String value) {
        Set<String> values = wanted.get(kind);
        return values == null || values.contains(value);
    }

    /** For people. */
    @Override
    public String toString() {
        List<String> terms = new ArrayList<>();
        wanted.forEach((kind, values) -> values.stream()
                .sorted()
                .forEach(value -> terms.add(kind.name().toLowerCase(Locale.ROOT) + "=" + value)));
        terms.sort(null);
        return String.join(",", terms);
    }
}
