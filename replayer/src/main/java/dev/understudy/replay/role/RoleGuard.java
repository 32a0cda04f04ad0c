package dev.understudy.replay.role;

import dev.understudy.replay.schedule.RequestRewrite;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.replay.schedule.Work;
import dev.understudy.trace.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in their captured role. The login that took the role may take any other, so what a statement says of
 * the session's authorization is put as it was meant for the role that had logged in to production: back to itself, or
 * refused.
 */
public final class RoleGuard implements RequestRewrite {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final List<Arm> arms;
    private final Runnable whenRewritten;

    /**
     * Who is who on an arm.
     *
     * @param login the role that logs in
     * @param superusers roles that may become any other in production too
     */
    public record Arm(String login, Set<String> superusers) {
        /** Copies the set. */
        public Arm {
            superusers = Set.copyOf(superusers);
        }

        boolean guards(String role) {
            return !role.isEmpty() && !role.equals(login) && !superusers.contains(role);
        }
    }

    /** A guard for these arms, by index; {@code whenRewritten} is told of each request that is not sent as it was. */
    public RoleGuard(List<Arm> arms, Runnable whenRewritten) {
        this.arms = List.copyOf(arms);
        this.whenRewritten = whenRewritten;
    }

    /** A function that sets who the session is, which no text of a statement tells; null where there is none. */
    public static @Nullable String functionThatSetsRole(Catalog catalog) {
        return catalog.functions().stream()
                .filter(function -> AuthorizationStatement.isMentionedIn(function.definition()))
                .map(Catalog.Function::signature)
                .findFirst()
                .orElse(null);
    }

    @Override
    public ByteBuf forArm(Work.Run run, int arm, ByteBuf request) {
        String recorded = run.exchange().facts().sqlState();
        return guarded(run.session(), arm, request, recorded == null ? INSUFFICIENT_PRIVILEGE : recorded);
    }

    @Override
    public ByteBuf ofState(SessionInfo session, int arm, ByteBuf request) {
        return guarded(session, arm, request, INSUFFICIENT_PRIVILEGE);
    }

    private ByteBuf guarded(SessionInfo session, int arm, ByteBuf request, String sqlState) {
        if (!arms.get(arm).guards(session.user())) {
            return request;
        }
        ByteBuf guarded = GuardedRequest.of(request, session.user(), sqlState);
        if (guarded == null) {
            return request;
        }
        whenRewritten.run();
        return guarded;
    }
}
