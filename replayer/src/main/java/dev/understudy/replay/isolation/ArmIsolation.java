package dev.understudy.replay.isolation;

import java.util.regex.Pattern;

/**
 * The level of isolation that stands for SERIALIZABLE on arms: the same snapshots, without the server's own judgement of
 * which transactions conflict (PostgreSQL chapter 13.2.3). That judgement depends on what happens to overlap, and on the
 * memory that is left for predicate locks; what production refused is known, and refused again.
 */
public final class ArmIsolation {
    /** What production asked for, as the server prints it. */
    static final String SERIALIZABLE = "serializable";
    /** What stands for it, as the server prints it. */
    static final String STAND_IN = "repeatable read";

    private static final String SETTING = "default_transaction_isolation";
    /** In the options of a startup message, where a backslash escapes white space. */
    private static final Pattern OPTION =
            Pattern.compile("(default[-_]transaction[-_]isolation\\s*=\\s*)serializable", Pattern.CASE_INSENSITIVE);

    private ArmIsolation() {}

    /** What a setting of this name is given on an arm, where production gave it this value. */
    public static String setting(String name, String value) {
        return name.equalsIgnoreCase(SETTING) && isSerializable(value) ? STAND_IN : value;
    }

    /** The same of {@code name=value}, as servers keep it for roles. */
    public static String setting(String assignment) {
        int equals = assignment.indexOf('=');
        return equals < 0
                ? assignment
                : assignment.substring(0, equals + 1)
                        + setting(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    /** The same of a startup message's options. */
    public static String options(String options) {
        return OPTION.matcher(options).replaceAll("$1repeatable\\\\ read");
    }

    /**
     * The assignment that a session needs whose server would begin every transaction so; empty where it needs none.
     *
     * @param byDefault the server's {@code default_transaction_isolation}
     */
    public static String byDefault(String byDefault) {
        return isSerializable(byDefault) ? SETTING + '=' + STAND_IN : "";
    }

    static boolean isSerializable(String level) {
        return level.trim().equalsIgnoreCase(SERIALIZABLE);
    }
}
