package dev.understudy.cli.seeds;

/** Names of objects in findings. */
final class ObjectNames {
    private ObjectNames() {}

    /** Table and column without the schema; a part of a partitioned table is the table. */
    static String[] parts(String object) {
        String plain = object.startsWith("public.") ? object.substring("public.".length()) : object;
        String[] parts = plain.split("\\.", -1);
        parts[0] = parts[0].replaceAll("_(low|high)$", "");
        return parts;
    }

    static String table(String object) {
        return parts(object)[0];
    }

    static boolean isAbout(String object, String name) {
        return String.join(".", parts(object)).startsWith(name);
    }
}
