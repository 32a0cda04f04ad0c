package dev.understudy.diff.group;

import dev.understudy.diff.attribute.Attribution;
import dev.understudy.diff.difference.DifferenceClass;
import java.util.Comparator;

/**
 * What groups of one statement, class, path and attribution share. Their order is that in which they are kept when
 * there are too many: what decides against a migration before what does not.
 */
public record PathKey(String fingerprint, DifferenceClass type, String path, Attribution attribution)
        implements Comparable<PathKey> {
    private static final Comparator<PathKey> ORDER = Comparator.comparing(
                    (PathKey key) -> GroupDisposition.of(key.type(), key.attribution()))
            .thenComparing(key -> key.type().severity())
            .thenComparing(PathKey::fingerprint)
            .thenComparing(PathKey::type)
            .thenComparing(PathKey::path)
            .thenComparing(PathKey::attribution);

    static PathKey of(Observation observation) {
        return new PathKey(
                observation.fingerprint(), observation.type(), observation.path(), observation.attribution());
    }

    /** The name of one of its groups, the same in every run. */
    String id(String transition) {
        return StableHash.of(fingerprint, type.name(), path, transition, attribution.name());
    }

    @Override
    public int compareTo(PathKey other) {
        return ORDER.compare(this, other);
    }
}
