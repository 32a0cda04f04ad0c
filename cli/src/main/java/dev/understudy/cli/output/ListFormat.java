package dev.understudy.cli.output;

/** How a list is printed. */
public enum ListFormat {
    /** For people. */
    TABLE,
    /** For programs. */
    JSON
}
