package dev.understudy.trace.catalog;

import dev.understudy.trace.catalog.CatalogDifference.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares two catalogs by name, never by OID. What belongs to a relation that is on one side only is not listed beside
 * it. Pure.
 *
 * <p>Between different majors, what the server words differently by itself is not compared: view definitions and the
 * privilege MAINTAIN, which PostgreSQL 17 brought.
 */
public final class CatalogDiff {
    private CatalogDiff() {}

    /** In what the candidate differs from the baseline, ordered by object. */
    public static List<CatalogDifference> compare(Catalog baseline, Catalog candidate) {
        DifferenceList differences = new DifferenceList();
        Grants grants = new Grants(baseline.serverVersion(), candidate.serverVersion());
        servers(differences, baseline, candidate);
        schemas(differences, grants, baseline, candidate);
        new RelationDiff(differences, grants, baseline, candidate).compare();
        new DependentDiff(differences, baseline, candidate).compare();
        functions(differences, grants, baseline, candidate);
        return differences.sorted();
    }

    private static void servers(DifferenceList differences, Catalog baseline, Catalog candidate) {
        differences.compare(
                Kind.SERVER_VERSION, "server_version_num", baseline.serverVersion(), candidate.serverVersion());
        differences.compareMaps(Kind.SETTING, baseline.settings(), candidate.settings());
        differences.compareMaps(Kind.EXTENSION, baseline.extensions(), candidate.extensions());
        differences.compareMaps(Kind.COLLATION, baseline.collations(), candidate.collations());
        DifferenceList.match(
                baseline.roles(),
                candidate.roles(),
                Catalog.Role::name,
                (name, left, right) -> differences.compare(Kind.ROLE, name, describe(left), describe(right)));
    }

    private static void schemas(DifferenceList differences, Grants grants, Catalog baseline, Catalog candidate) {
        DifferenceList.match(baseline.schemas(), candidate.schemas(), Catalog.Schema::name, (name, left, right) -> {
            if (differences.isOnBoth(name, "schema", left, right) && left != null && right != null) {
                grants.compare(differences, name, left.owner(), right.owner(), left.acl(), right.acl());
            }
        });
    }

    private static void functions(DifferenceList differences, Grants grants, Catalog baseline, Catalog candidate) {
        DifferenceList.match(
                baseline.functions(), candidate.functions(), Catalog.Function::signature, (name, left, right) -> {
                    if (differences.isOnBoth(name, "function", left, right) && left != null && right != null) {
                        boolean alike = describe(left).equals(describe(right));
                        differences.compare(
                                Kind.DEFINITION,
                                name,
                                alike ? left.definition() : describe(left),
                                alike ? right.definition() : describe(right));
                        grants.compare(differences, name, left.owner(), right.owner(), left.acl(), right.acl());
                    }
                });
    }

    private static @Nullable String describe(Catalog.@Nullable Role role) {
        return role == null
                ? null
                : (role.login() ? "LOGIN" : "NOLOGIN")
                        + (role.superuser() ? " SUPERUSER" : "")
                        + (role.inherit() ? "" : " NOINHERIT")
                        + (role.bypassRowSecurity() ? " BYPASSRLS" : "")
                        + (role.memberOf().isEmpty() ? "" : " IN ROLE " + String.join(", ", role.memberOf()))
                        + (role.settings().isEmpty() ? "" : " SET " + String.join(", ", role.settings()));
    }

    private static String describe(Catalog.Function function) {
        return "kind=" + function.kind() + " returns=" + function.result() + " volatility=" + function.volatility()
                + " parallel=" + function.parallel() + " strict=" + function.strict() + " security_definer="
                + function.securityDefiner() + " language=" + function.language();
    }
}
