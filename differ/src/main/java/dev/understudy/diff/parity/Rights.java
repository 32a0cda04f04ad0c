package dev.understudy.diff.parity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads access control lists as the server prints them (chapter 5.8, aclitem): {@code {role=arw/owner,=r/owner}}. */
final class Rights {
    private static final String OWNER = "owner ";

    private Rights() {}

    /**
     * Whether somebody may do less than before.
     *
     * @param object a function's name has arguments: everyone may call it by default
     * @param before the list, an owner, or null for the default
     * @param after likewise
     */
    static boolean isLost(String object, @Nullable String before, @Nullable String after) {
        if (before != null && before.startsWith(OWNER)) {
            return true;
        }
        Map<String, Set<Character>> old = before == null ? defaults(object) : read(before);
        Map<String, Set<Character>> now = after == null ? defaults(object) : read(after);
        // By default the owner may do everything.
        String owner = before == null || after != null ? null : owner(before);
        return old.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(owner))
                .anyMatch(entry -> !now.getOrDefault(entry.getKey(), Set.of()).containsAll(entry.getValue()));
    }

    private static Map<String, Set<Character>> defaults(String object) {
        return object.endsWith(")") ? Map.of("", Set.of('X')) : Map.of();
    }

    /** Who granted them. */
    private static String owner(String list) {
        return list.substring(list.lastIndexOf('/') + 1).replaceAll("[\"}]", "");
    }

    private static Map<String, Set<Character>> read(String list) {
        Map<String, Set<Character>> rights = new HashMap<>();
        for (String text : list.replaceAll("[{}\"]", "").split(",")) {
            int equals = text.lastIndexOf('=');
            int slash = text.lastIndexOf('/');
            if (equals >= 0 && slash > equals) {
                Set<Character> letters = rights.computeIfAbsent(text.substring(0, equals), any -> new HashSet<>());
                for (char letter : text.substring(equals + 1, slash).toCharArray()) {
                    letters.add(letter);
                }
            }
        }
        return rights;
    }
}
