package dev.understudy.diff.verdict;

import dev.understudy.diff.parity.TouchedObjects;
import dev.understudy.diff.tally.Coverage;
import java.util.Set;

/** What the trace touched, as it was counted. */
record TouchedByTrace(Coverage coverage) implements TouchedObjects {
    @Override
    public Set<String> tables() {
        return coverage.tables().touched();
    }

    @Override
    public long rowsAnswered() {
        return coverage.rowsAnswered();
    }
}
