package dev.understudy.diff.value;

import java.util.ArrayList;
import java.util.List;

/** The changes inside one value, each kind of them once, and not all where there are many. */
final class ChangeList {
    /** Further changes of one value are not told apart. */
    static final int MAX_CHANGES = 8;

    private final List<ValueChange> changes = new ArrayList<>();

    void add(ValueChange change) {
        if (!isFull() && changes.stream().noneMatch(change::isLike)) {
            changes.add(change);
        }
    }

    boolean isFull() {
        return changes.size() >= MAX_CHANGES;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    List<ValueChange> all() {
        return changes;
    }
}
