package dev.understudy.replay.outcome;

import dev.understudy.replay.blocked.BlockedRule;
import dev.understudy.replay.generated.Change;
import dev.understudy.replay.generated.Twin;
import dev.understudy.replay.schedule.RecordedExchange;
import dev.understudy.replay.taint.Ran;
import dev.understudy.replay.taint.Side;
import dev.understudy.replay.taint.TaintTracker;
import dev.understudy.trace.run.Arm;
import dev.understudy.trace.run.ArmAnswer;
import dev.understudy.trace.run.Disposition;
import dev.understudy.trace.run.GeneratedTwin;
import dev.understudy.trace.run.KnownStatement;
import dev.understudy.trace.run.Outcome;
import dev.understudy.trace.run.TaintReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes outcomes that speak for themselves. Fed all exchanges in the order in which they ended, each session's in its own;
 * belongs to one thread.
 */
final class OutcomeBuilder {
    private final int maxBytes;
    private final boolean withControl;
    private final TaintTracker taint;
    private final Map<Long, SessionBooks> books = new HashMap<>();

    OutcomeBuilder(int maxBytes, boolean withControl, TaintTracker taint) {
        this.maxBytes = maxBytes;
        this.withControl = withControl;
        this.taint = taint;
    }

    Outcome build(Finished finished) {
        RecordedExchange exchange = finished.exchange();
        SessionBooks.Used used = books.computeIfAbsent(
                        finished.session().session(),
                        session -> new SessionBooks(finished.session().snapshot()))
                .advance(exchange, finished.read(), finished.answers());
        List<KnownStatement> known = used.known();
        boolean fits = bytes(finished, known) <= maxBytes;
        TaintReason tainted = taint(finished, used);
        Ending ending = ending(finished, tainted, fits);
        return new Outcome(
                exchange.id(),
                exchange.doneNo(),
                finished.session().application(),
                finished.session().user(),
                ending.disposition(),
                ending.reason(),
                exchange.flags(),
                exchange.before(),
                exchange.after(),
                exchange.startWallMicros(),
                exchange.endWallMicros(),
                finished.lagNanos(),
                finished.moved(),
                fits ? known : List.of(),
                fits ? exchange.request() : head(exchange.request()),
                fits ? exchange.answer() : head(exchange.answer()),
                fits ? exchange.omissions() : List.of(),
                fits
                        ? finished.answers()
                        : finished.answers().stream().map(this::cut).toList(),
                fits ? twins(finished) : List.of());
    }

    private static List<GeneratedTwin> twins(Finished finished) {
        Change change = finished.change();
        if (change == null || finished.answers().isEmpty()) {
            return List.of();
        }
        List<GeneratedTwin> twins = new ArrayList<>();
        for (Twin twin : change.twins()) {
            Arm arm = finished.answers().get(twin.arm()).arm();
            twins.add(new GeneratedTwin(arm, twin.result(), twin.column(), twin.recorded(), twin.own()));
        }
        return twins;
    }

    private record Ending(Disposition disposition, String reason) {}

    /** The class as the director saw it, unless what is known here speaks against a comparison. */
    private static Ending ending(Finished finished, @Nullable TaintReason tainted, boolean fits) {
        if (finished.disposition() != Disposition.COMPARED) {
            return new Ending(finished.disposition(), finished.reason());
        }
        if (tainted != null) {
            return new Ending(Disposition.TAINTED, tainted.text());
        }
        return fits
                ? new Ending(Disposition.COMPARED, finished.reason())
                : new Ending(Disposition.NOT_COMPARABLE, "outcome-too-large");
    }

    private @Nullable TaintReason taint(Finished finished, SessionBooks.Used used) {
        RecordedExchange exchange = finished.exchange();
        boolean blocked = finished.reason().startsWith(BlockedRule.REASON);
        if (finished.disposition() == Disposition.FILTERED && !blocked) {
            return null;
        }
        Side recorded = new Side(used.recorded(), false);
        // an arm that was made to raise production's error has done as production did; where something was left out,
        // both
        // did alike, but not what production did: the rows that it would have written are as those of a race
        boolean forced = finished.disposition() == Disposition.FORCED || blocked;
        Side candidate = forced ? recorded : side(Arm.CANDIDATE, finished, used);
        Side baseline = withControl && !forced ? side(Arm.CONTROL, finished, used) : recorded;
        return taint.advance(new Ran(
                exchange.id(),
                exchange.after(),
                finished.disposition() == Disposition.RACED || blocked,
                used.missing(),
                finished.change() == null ? null : finished.change().root(),
                recorded,
                baseline,
                candidate));
    }

    private static Side side(Arm arm, Finished finished, SessionBooks.Used used) {
        boolean lost = finished.answers().stream().anyMatch(answer -> answer.arm() == arm && answer.brokenOff());
        return new Side(used.answers().get(arm), lost);
    }

    void end(long session) {
        books.remove(session);
        taint.end(session);
    }

    private static long bytes(Finished finished, List<KnownStatement> known) {
        long bytes = finished.exchange().weight();
        for (ArmAnswer answer : finished.answers()) {
            bytes += answer.frames().readableBytes();
        }
        for (KnownStatement statement : known) {
            ByteBuf bind = statement.bind();
            bytes += 3L * statement.sql().length() + (bind == null ? 0 : bind.readableBytes());
        }
        return bytes;
    }

    private ArmAnswer cut(ArmAnswer answer) {
        ByteBuf head = head(answer.frames());
        return new ArmAnswer(
                answer.arm(),
                false,
                answer.sameAsRecorded() ? Unpooled.EMPTY_BUFFER : head,
                answer.truncated() + answer.frames().readableBytes() - head.readableBytes(),
                answer.sentWallMicros(),
                answer.latencyNanos(),
                answer.brokenOff());
    }

    private ByteBuf head(ByteBuf bytes) {
        return bytes.slice(bytes.readerIndex(), Math.min(bytes.readableBytes(), maxBytes / 8));
    }
}
