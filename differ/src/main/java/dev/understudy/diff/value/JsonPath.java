package dev.understudy.diff.value;

import java.util.regex.Pattern;

/** Steps of a path into a document. */
final class JsonPath {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private JsonPath() {}

    /** The step to a member; a key that is no plain word is data, and as good as any other. */
    static String member(String key) {
        return PLAIN_KEY.matcher(key).matches() ? "." + key : ".*";
    }

    /** The step to that very member. */
    static String exactMember(String key) {
        return PLAIN_KEY.matcher(key).matches()
                ? "." + key
                : "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }
}
