package dev.understudy.replay.schedule;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.pgwire.sql.StatementKind;
import dev.understudy.replay.schedule.RequestShape.Kind;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.run.Disposition;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What is to be done with a recorded exchange. */
public sealed interface Treatment {
    /** What a cancelled statement ends with, and a COPY that its client gave up. */
    String CANCELLED = "57014";

    /** SQLSTATEs that come from waiting or from being cancelled: whether they come again is chance. */
    Set<String> WAITING = Set.of("40001", "40P01", "55P03", CANCELLED, "25P03", "25P04", "57P05");

    /** What ends a transaction inside a block. */
    Pattern ENDS = Pattern.compile("\\b(commit|rollback)\\b", Pattern.CASE_INSENSITIVE);

    /** It is sent and compared. */
    record Send() implements Treatment {}

    /** It is sent for its effect, but its answers say nothing about each other. */
    record SendOnly(String reason) implements Treatment {}

    /** It is not sent. {@code endsSession} if production's server ended the connection here. */
    record Withhold(Disposition disposition, String reason, boolean endsSession) implements Treatment {}

    /** In its place, something is sent that raises the error which production got from waiting. */
    record Force(String sqlState) implements Treatment {}

    /**
     * It is sent as it is, and cancelled where an arm takes longer than production did until it was stopped: it may commit
     * inside, and how far it came nobody knows, so that raising the error would leave out what it had done.
     *
     * @param afterNanos how long production took
     */
    record Interrupt(String sqlState, long afterNanos) implements Treatment {}

    /**
     * In its place, something else is sent, so that the session is as production's was; what the arms answer to that says
     * nothing.
     *
     * @param request frames that the server answers; unpooled, never released
     */
    record Replace(Disposition disposition, String reason, ByteBuf request) implements Treatment {}

    /** Whether what is sent is what was recorded, so that the arms' answers to it are kept. */
    default boolean isAsRecorded() {
        return this instanceof Send || this instanceof SendOnly || this instanceof Interrupt;
    }

    /** What is sent for an exchange; its bytes are unpooled heap, or the trace's. */
    default ByteBuf request(RecordedExchange exchange) {
        if (this instanceof Force force) {
            return ForcedRequest.of(exchange, force.sqlState());
        }
        return this instanceof Replace replace ? replace.request() : exchange.request();
    }

    /** The ordinary case. */
    Treatment SEND = new Send();

    /** What is of another database than the captured one. */
    Treatment OTHER_DATABASE = new Withhold(Disposition.FILTERED, "other-database", false);

    /** Decides for one exchange of the captured database. */
    static Treatment of(RecordedExchange exchange) {
        if (!exchange.answered()) {
            return sendable(exchange, "answer-outside-window");
        }
        String sqlState = exchange.facts().sqlState();
        boolean brokenOff = exchange.flags().contains(ExchangeFlag.BROKEN_OFF);
        if (sqlState != null && WAITING.contains(sqlState) && !clientFailedCopy(exchange, sqlState)) {
            return brokenOff ? new Withhold(Disposition.FORCED, sqlState, true) : stopped(exchange, sqlState);
        }
        if (brokenOff) {
            return exchange.facts().fatal()
                    ? new Withhold(Disposition.NOT_COMPARABLE, "broken-off-in-production", true)
                    : sendable(exchange, "broken-off-in-production");
        }
        return SEND;
    }

    private static Treatment stopped(RecordedExchange exchange, String sqlState) {
        if (exchange.before() == TransactionStatus.IDLE && exchange.after() == TransactionStatus.IDLE) {
            ByteBuf request = exchange.request();
            String sql = Interruption.of(request, exchange.answer()).statement(request);
            if (sql != null && RequestShape.of(request).kind() == Kind.ANSWERABLE && mayCommitInside(sql)) {
                long micros = Math.max(0, exchange.endWallMicros() - exchange.startWallMicros());
                return new Interrupt(sqlState, TimeUnit.MICROSECONDS.toNanos(micros));
            }
        }
        return new Force(sqlState);
    }

    /** A procedure, or a block that speaks of it. */
    private static boolean mayCommitInside(String sql) {
        StatementKind kind = StatementKind.of(sql);
        return kind == StatementKind.CALL
                || kind == StatementKind.DO && ENDS.matcher(sql).find();
    }

    private static boolean clientFailedCopy(RecordedExchange exchange, String sqlState) {
        return sqlState.equals(CANCELLED)
                && exchange.flags().contains(ExchangeFlag.COPY_IN)
                && RequestShape.of(exchange.request()).failsCopy();
    }

    private static Treatment sendable(RecordedExchange exchange, String reason) {
        return RequestShape.of(exchange.request()).kind() == Kind.ANSWERABLE
                ? new SendOnly(reason)
                : new Withhold(Disposition.NOT_COMPARABLE, reason, false);
    }
}
