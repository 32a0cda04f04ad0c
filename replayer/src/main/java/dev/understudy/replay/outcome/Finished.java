package dev.understudy.replay.outcome;

import dev.understudy.pgwire.exchange.Interpretation;
import dev.understudy.replay.generated.Change;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.schedule.SessionInfo;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that has ended in its class.
 *
 * @param session its session
 * @param exchange as recorded
 * @param read what it meant in production, where it has been interpreted already; null where not
 * @param disposition the class
 * @param reason why, empty for COMPARED
 * @param lagNanos how much later than its schedule it was sent
 * @param moved whether its place was moved
 * @param answers one for each arm, empty if it was not sent
 * @param change what was found out about its generated values, null if nothing
 * @param weight what is given back to the memory window once it is written, in bytes
 */
public record Finished(
        SessionInfo session,
        RecordedExchange exchange,
        @Nullable Interpretation read,
        Disposition disposition,
        String reason,
        long lagNanos,
        boolean moved,
        List<ArmAnswer> answers,
        @Nullable Change change,
        long weight) {}
