package dev.understudy.replay.blocked;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.replay.schedule.ForcedRequest;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.Treatment;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.SessionSnapshot;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what is blocked out of one session, and the session such that all that follows can be sent.
 *
 * <p>An exchange with something blocked ends as {@link Disposition#FILTERED}: it was left out by policy, so that it is
 * neither {@code NOT_COMPARABLE} (that was sent) nor {@code GAP} (that is lost), and unlike another database's it counts
 * as one that could have been compared. What else is in it is sent for its effect: the other statements of its text, the
 * other messages of its pipeline. A blocked statement's name is prepared with an empty statement, so that what closes or
 * describes it finds it; what binds or runs it later is left out too. Where production's answer was an error, the same
 * error is raised in its place, so that the transaction fails as it did there.
 *
 * <p>Fed the session's exchanges in their order, whatever becomes of them. Belongs to one thread.
 */
public final class SessionGuard {
    private final SessionNames names;
    private final BlockList list;

    SessionGuard(BlockList list, boolean backslashes) {
        this.list = list;
        this.names = new SessionNames(list, backslashes);
    }

    /** What is to be done with the session's next exchange; {@code ordinary} if nothing in it is blocked. */
    public Treatment treat(RecordedExchange exchange, Treatment ordinary) {
        StrippedRequest stripped = StrippedRequest.of(exchange.request(), names, list);
        BlockedRule rule = stripped.rule();
        if (rule == null || ordinary instanceof Treatment.Withhold) {
            return ordinary;
        }
        if (ordinary instanceof Treatment.Force force) {
            return new Treatment.Replace(
                    Disposition.FORCED, force.sqlState(), forced(exchange, stripped, force.sqlState()));
        }
        String reason = rule.reason();
        boolean brokenOff = exchange.flags().contains(ExchangeFlag.BROKEN_OFF);
        String sqlState = exchange.facts().sqlState();
        if (!exchange.answered() || brokenOff) {
            return new Treatment.Withhold(
                    Disposition.FILTERED, reason, brokenOff && exchange.facts().fatal());
        }
        boolean idle = exchange.before() == TransactionStatus.IDLE && exchange.after() == TransactionStatus.IDLE;
        if (sqlState != null && !(idle && exchange.facts().parsesBeforeError() == 0)) {
            return new Treatment.Replace(Disposition.FILTERED, reason, forced(exchange, stripped, sqlState));
        }
        return sqlState == null && stripped.isWorthSending()
                ? new Treatment.Replace(Disposition.FILTERED, reason, stripped.request())
                : new Treatment.Withhold(Disposition.FILTERED, reason, false);
    }

    private static ByteBuf forced(RecordedExchange exchange, StrippedRequest stripped, String sqlState) {
        return ForcedRequest.of(
                stripped.request(),
                exchange.facts().parsesBeforeError(),
                exchange.before(),
                exchange.after(),
                sqlState);
    }

    /** What a snapshot brings along, without what is blocked. */
    public SessionSnapshot treat(SessionSnapshot snapshot) {
        Map<String, ByteBuf> statements = new LinkedHashMap<>();
        snapshot.statements()
                .forEach((name, frame) -> statements.put(
                        name, StrippedRequest.of(frame, names, list).request()));
        List<ByteBuf> state = new ArrayList<>();
        for (ByteBuf frame : snapshot.state()) {
            StrippedRequest stripped = StrippedRequest.of(frame, names, list);
            if (stripped.rule() == null || stripped.isWorthSending()) {
                state.add(stripped.request());
            }
        }
        return new SessionSnapshot(
                snapshot.counter(),
                snapshot.session(),
                snapshot.nextOrdinal(),
                snapshot.incomplete(),
                snapshot.status(),
                snapshot.parameters(),
                statements,
                state);
    }
}
