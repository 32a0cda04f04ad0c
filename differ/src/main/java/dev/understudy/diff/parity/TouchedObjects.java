package dev.understudy.diff.parity;

import java.util.Set;

/** What of the database the trace touched. */
public interface TouchedObjects {
    /** Tables and views, schema.name, that statements mention. */
    Set<String> tables();

    /** Whether production's answers showed a column, by the captured server's OID and number. */
    boolean isRead(int relationOid, int attributeNumber);

    /** Rows in production's answers. */
    long rowsAnswered();
}
