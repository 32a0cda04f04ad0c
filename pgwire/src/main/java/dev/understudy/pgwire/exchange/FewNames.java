package dev.understudy.pgwire.exchange;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set of names of which there is mostly one: nothing is allocated for that one. */
final class FewNames {
    private @Nullable String first;
    private @Nullable Set<String> others;

    boolean contains(String name) {
        return name.equals(first) || (others != null && others.contains(name));
    }

    /** False if it was there already. */
    boolean add(String name) {
        if (first == null) {
            first = name;
            return true;
        }
        if (name.equals(first)) {
            return false;
        }
        if (others == null) {
            others = new HashSet<>();
        }
        return others.add(name);
    }
}
