package dev.understudy.trace.catalog;

import dev.understudy.trace.catalog.CatalogDifference.Kind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares owners and access control lists. */
final class Grants {
    private static final int VERSION_WITH_MAINTAIN = 170_000;
    private static final Pattern MAINTAIN = Pattern.compile("(=[a-zA-Z*]*?)m\\*?(?=[a-zA-Z*]*/)");

    private final boolean withoutMaintain;

    Grants(int baselineVersion, int candidateVersion) {
        this.withoutMaintain = baselineVersion >= VERSION_WITH_MAINTAIN != candidateVersion >= VERSION_WITH_MAINTAIN;
    }

    void compare(
            DifferenceList differences,
            String object,
            String baselineOwner,
            String candidateOwner,
            @Nullable String baselineAcl,
            @Nullable String candidateAcl) {
        if (!baselineOwner.equals(candidateOwner)) {
            differences.add(Kind.GRANT, object, "owner " + baselineOwner, "owner " + candidateOwner);
        }
        compare(differences, object, baselineAcl, candidateAcl);
    }

    void compare(
            DifferenceList differences, String object, @Nullable String baselineAcl, @Nullable String candidateAcl) {
        differences.compare(Kind.GRANT, object, comparable(baselineAcl), comparable(candidateAcl));
    }

    private @Nullable String comparable(@Nullable String acl) {
        return acl == null || !withoutMaintain ? acl : MAINTAIN.matcher(acl).replaceAll("$1");
    }
}
