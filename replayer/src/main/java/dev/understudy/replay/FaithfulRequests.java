package dev.understudy.replay;

import dev.understudy.pgwire.ConnectionInfo;
import dev.understudy.replay.isolation.IsolationRewrite;
import dev.understudy.replay.oid.LargeObjects;
import dev.understudy.replay.oid.OidTranslation;
import dev.understudy.replay.role.RoleGuard;
import dev.understudy.replay.schedule.Pipelining;
import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.trace.catalog.Catalog;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has to be put otherwise in a run's requests so that they mean on the arms what they meant in production. */
final class FaithfulRequests {
    private FaithfulRequests() {}

    /** The rewrites of a run, but for generated values. */
    static List<RequestRewrite> rewrites(
            ReplayConfig config, @Nullable Catalog captured, List<ArmState> before, RunCounters counters) {
        List<RoleGuard.Arm> roles = new ArrayList<>();
        for (ArmState arm : before) {
            ConnectionInfo info = arm.arm() == Arm.CONTROL ? config.control() : config.candidate();
            Set<String> superusers = arm.catalog().roles().stream()
                    .filter(Catalog.Role::superuser)
                    .map(Catalog.Role::name)
                    .collect(Collectors.toSet());
            roles.add(new RoleGuard.Arm(info == null ? "" : info.user(), superusers));
        }
        List<RequestRewrite> rewrites = new ArrayList<>();
        rewrites.add(new IsolationRewrite(() -> counters.rewritten(RunCounters.Rewritten.ISOLATION)));
        rewrites.add(new RoleGuard(roles, () -> counters.rewritten(RunCounters.Rewritten.ROLES)));
        if (captured != null) {
            rewrites.add(new OidTranslation(
                    captured,
                    before.stream().map(ArmState::catalog).toList(),
                    () -> counters.rewritten(RunCounters.Rewritten.OIDS)));
        }
        rewrites.add(new LargeObjects(() -> counters.rewritten(RunCounters.Rewritten.LARGE_OBJECTS)));
        return rewrites;
    }

    /** Nothing is written ahead where what was called may have made the session another role's. */
    static Pipelining pipelining(ReplayConfig config, List<ArmState> before, RunCounters counters) {
        ReplayLimits limits = config.limits();
        for (ArmState arm : before) {
            String function = RoleGuard.functionThatSetsRole(arm.catalog());
            if (function != null) {
                counters.warn(
                        "role-function",
                        "function=" + function + " sets session_authorization: no request is sent ahead of an answer");
                return new Pipelining(1, limits.pipelineBytes());
            }
        }
        return new Pipelining(limits.pipelineExchanges(), limits.pipelineBytes());
    }
}
