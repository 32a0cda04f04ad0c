package dev.understudy.diff.parity;

import java.util.Set;

/** What of the database the trace touched. */
public interface TouchedObjects {
    /** Tables and views, schema.name, that statements mention. */
    Set<String> tables();

    /** Rows in production's answers. */
    long rowsAnswered();
}
