package dev.understudy.trace.run;

import dev.understudy.pgwire.message.TransactionStatus;
import dev.understudy.trace.entry.ExchangeFlag;
import dev.understudy.trace.entry.ExchangeId;
import dev.understudy.trace.entry.Omission;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;

/**
 * What one exchange did on the arms, next to what was recorded. It speaks for itself: whoever reads outcomes needs
 * neither the trace nor the outcomes before it.
 *
 * @param id session and ordinal
 * @param doneNo its number in the trace, -1 if it has none
 * @param application the session's application_name
 * @param user the captured role, or the one that the run had stand for it
 * @param disposition the class in which the exchange ended
 * @param reason why, for every class but COMPARED: a short term such as {@code other-database}; else empty
 * @param flags the recorded exchange's flags
 * @param before the transaction status when the recorded exchange began
 * @param after the recorded status at its end
 * @param startWallMicros when production's client sent it, microseconds since 1970
 * @param endWallMicros when production had answered it
 * @param lagNanos how much later than its schedule it was sent; 0 at {@code --speed max}
 * @param moved whether its place was moved because an arm was waiting
 * @param known what it uses from before
 * @param request the client's frames as recorded
 * @param recorded the server's frames as recorded, less omissions
 * @param omissions what is missing from them
 * @param answers one for each arm of the run, in the order of {@link Arm}; empty where it was not sent
 * @param twins values in the arms' answers that stand for production's: each one for one in its column
 */
public record Outcome(
        ExchangeId id,
        long doneNo,
        String application,
        String user,
        Disposition disposition,
        String reason,
        Set<ExchangeFlag> flags,
        TransactionStatus before,
        TransactionStatus after,
        long startWallMicros,
        long endWallMicros,
        long lagNanos,
        boolean moved,
        List<KnownStatement> known,
        ByteBuf request,
        ByteBuf recorded,
        List<Omission> omissions,
        List<ArmAnswer> answers,
        List<GeneratedTwin> twins) {}
