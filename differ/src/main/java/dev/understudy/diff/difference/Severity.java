package dev.understudy.diff.difference;

/** How bad a difference is; the worst comes first. */
public enum Severity {
    /** Loses, invents or changes facts, or raises a new error. */
    BLOCKER,
    /** Changes the shape, the order or the form of what the application gets. */
    MAJOR,
    /** Changes the format only. */
    MINOR
}
