package dev.understudy.trace.chunk;

import dev.understudy.trace.catalog.Catalog.Constraint;
import dev.understudy.trace.catalog.Catalog.Function;
import dev.understudy.trace.catalog.Catalog.Index;
import dev.understudy.trace.catalog.Catalog.Policy;
import dev.understudy.trace.catalog.Catalog.Role;
import dev.understudy.trace.catalog.Catalog.Trigger;

/**
 * The parts of a catalog that act on what holds data.
 *
 * <pre>
 *  constraint: string schema, string relation, string name, char kind, bool validated, bool deferrable, bool deferred,
 *              list of zigzag columns, optional string referenced, list of zigzag referencedColumns, string definition
 *  index:      string schema, string relation, string name, bool unique, bool primary, bool valid, bool partial,
 *              list of zigzag columns, string definition
 *  trigger:    string schema, string relation, string name, char kind, char enabled, string definition
 *  policy:     string schema, string relation, string name, bool permissive, char command, list of string roles,
 *              optional string using, optional string check
 *  function:   u32 oid, string schema, string name, string arguments, string result, char kind, char volatility,
 *              char parallel, bool strict, bool securityDefiner, string language, string owner, optional string acl,
 *              string definition
 *  role:       string name, bool superuser, bool inherit, bool bypassRowSecurity, bool login,
 *              list of string memberOf, list of string settings
 * </pre>
 */
final class DependentCodec {
    private DependentCodec() {}

    static void writeConstraint(WireWriter out, Constraint constraint) {
        out.string(constraint.schema());
        out.string(constraint.relation());
        out.string(constraint.name());
        out.character(constraint.kind());
        out.bool(constraint.validated());
        out.bool(constraint.deferrable());
        out.bool(constraint.deferred());
        out.integers(constraint.columns());
        out.optionalString(constraint.referenced());
        out.integers(constraint.referencedColumns());
        out.string(constraint.definition());
    }

    static Constraint readConstraint(WireReader in) {
        return new Constraint(
                in.string("schema"),
                in.string("relation"),
                in.string("name"),
                in.character("kind"),
                in.bool("validated"),
                in.bool("deferrable"),
                in.bool("deferred"),
                in.integers("columns"),
                in.optionalString("referenced"),
                in.integers("referencedColumns"),
                in.string("definition"));
    }

    static void writeIndex(WireWriter out, Index index) {
        out.string(index.schema());
        out.string(index.relation());
        out.string(index.name());
        out.bool(index.unique());
        out.bool(index.primary());
        out.bool(index.valid());
        out.bool(index.partial());
        out.integers(index.columns());
        out.string(index.definition());
    }

    static Index readIndex(WireReader in) {
        return new Index(
                in.string("schema"),
                in.string("relation"),
                in.string("name"),
                in.bool("unique"),
                in.bool("primary"),
                in.bool("valid"),
                in.bool("partial"),
                in.integers("columns"),
                in.string("definition"));
    }

    static void writeTrigger(WireWriter out, Trigger trigger) {
        out.string(trigger.schema());
        out.string(trigger.relation());
        out.string(trigger.name());
        out.character(trigger.kind());
        out.character(trigger.enabled());
        out.string(trigger.definition());
    }

    static Trigger readTrigger(WireReader in) {
        return new Trigger(
                in.string("schema"),
                in.string("relation"),
                in.string("name"),
                in.character("kind"),
                in.character("enabled"),
                in.string("definition"));
    }

    static void writePolicy(WireWriter out, Policy policy) {
        out.string(policy.schema());
        out.string(policy.relation());
        out.string(policy.name());
        out.bool(policy.permissive());
        out.character(policy.command());
        out.strings(policy.roles());
        out.optionalString(policy.using());
        out.optionalString(policy.check());
    }

    static Policy readPolicy(WireReader in) {
        return new Policy(
                in.string("schema"),
                in.string("relation"),
                in.string("name"),
                in.bool("permissive"),
                in.character("command"),
                in.strings("roles"),
                in.optionalString("using"),
                in.optionalString("check"));
    }

    static void writeFunction(WireWriter out, Function function) {
        out.u32(function.oid());
        out.string(function.schema());
        out.string(function.name());
        out.string(function.arguments());
        out.string(function.result());
        out.character(function.kind());
        out.character(function.volatility());
        out.character(function.parallel());
        out.bool(function.strict());
        out.bool(function.securityDefiner());
        out.string(function.language());
        out.string(function.owner());
        out.optionalString(function.acl());
        out.string(function.definition());
    }

    static Function readFunction(WireReader in) {
        return new Function(
                in.u32("oid"),
                in.string("schema"),
                in.string("name"),
                in.string("arguments"),
                in.string("result"),
                in.character("kind"),
                in.character("volatility"),
                in.character("parallel"),
                in.bool("strict"),
                in.bool("securityDefiner"),
                in.string("language"),
                in.string("owner"),
                in.optionalString("acl"),
                in.string("definition"));
    }

    static void writeRole(WireWriter out, Role role) {
        out.string(role.name());
        out.bool(role.superuser());
        out.bool(role.inherit());
        out.bool(role.bypassRowSecurity());
        out.bool(role.login());
        out.strings(role.memberOf());
        out.strings(role.settings());
    }

    static Role readRole(WireReader in) {
        return new Role(
                in.string("name"),
                in.bool("superuser"),
                in.bool("inherit"),
                in.bool("bypassRowSecurity"),
                in.bool("login"),
                in.strings("memberOf"),
                in.strings("settings"));
    }
}
