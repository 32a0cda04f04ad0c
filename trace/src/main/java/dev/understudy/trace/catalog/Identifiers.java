package dev.understudy.trace.catalog;

/** SQL identifiers. */
public final class Identifiers {
    private Identifiers() {}

    /** A name in quotes, whatever is in it. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A qualified name in quotes. */
    public static String quoted(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }
}
